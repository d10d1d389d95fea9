package io.fleetcompat.cli.tree;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The names of a machine: as its kernel says, as the shell says, and as they resolve, each whole,
 * up to its first dot, and its domain. Each source counts, whether or not the others have one.
 *
 * @param kernel the file that has the name of the kernel
 * @param environment of the process
 * @param resolved the names that a resolver has for this machine
 */
record HostNames(Path kernel, Map<String, String> environment, Supplier<List<String>> resolved) {

  /** The sources of this machine. */
  static final HostNames OF_THIS_MACHINE =
      new HostNames(
          Path.of("/proc/sys/kernel/hostname"), System.getenv(), HostNames::fromTheResolver);

  /** A name of one character is in every other text. */
  private static final int MIN_LENGTH = 2;

  /** The names that any machine may have, and the words that stand in any tree of such devices. */
  private static final Set<String> ANYBODY =
      Set.of(
          "(none)",
          "localhost",
          "localdomain",
          "amd",
          "compute",
          "device",
          "gpu",
          "grid",
          "host",
          "intel",
          "kvm",
          "linux",
          "mdev",
          "mellanox",
          "node",
          "nvidia",
          "pci",
          "qemu",
          "server",
          "vfio",
          "vgpu",
          "virtio");

  /** All of them, in small letters. */
  SortedSet<String> all() throws IOException {
    Set<String> names = new HashSet<>(resolved.get());
    if (Files.exists(kernel)) {
      names.add(new String(Files.readAllBytes(kernel), StandardCharsets.UTF_8));
    }
    Optional.ofNullable(environment.get("HOSTNAME")).ifPresent(names::add);
    SortedSet<String> all = new TreeSet<>();
    for (String name : names) {
      all.addAll(parts(name.strip().toLowerCase(Locale.ROOT)));
    }
    all.removeIf(name -> name.length() < MIN_LENGTH || ANYBODY.contains(name));
    return all;
  }

  /** A domain of one label, such as "local", is no more than a word. */
  private static List<String> parts(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return List.of(name);
    }
    String first = name.substring(0, dot);
    String domain = name.substring(dot + 1);
    return domain.indexOf('.') < 0 ? List.of(name, first) : List.of(name, first, domain);
  }

  private static List<String> fromTheResolver() {
    try {
      InetAddress own = InetAddress.getLocalHost();
      // The address itself, where it has no name: no part of it is one either.
      return List.of(own.getHostName(), own.getCanonicalHostName()).stream()
          .filter(name -> !name.equals(own.getHostAddress()))
          .toList();
    } catch (UnknownHostException e) {
      return List.of(); // the other sources have it
    }
  }
}
