package io.fleetcompat.collector;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.HostName;
import io.fleetcompat.schemas.Limits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The host that a collector reads.
 *
 * @param name key of its records
 * @param labels {@code pool}, {@code zone}, …
 * @param root the sysfs root
 * @param procRoot the {@code /proc} that shows the processes of that host, where there is any
 * @param factsDirectory where {@code *.facts} files are
 * @param kernel kernel release; the live root knows its own
 * @param watched whether somebody gives a hint of every change, so that it is polled rarely
 */
public record HostConfig(
    String name,
    SortedMap<String, String> labels,
    Path root,
    Optional<Path> procRoot,
    Optional<Path> factsDirectory,
    Optional<String> kernel,
    boolean watched) {

  public HostConfig {
    if (!HostName.isValid(name)) {
      throw new IllegalArgumentException(
          "expected " + HostName.RULE + ", found " + Quoted.of(name));
    }
    requireLabels(labels);
    if (kernel.filter(release -> release.length() > Limits.WORD).isPresent()) {
      throw new IllegalArgumentException(
          "expected a kernel release of at most " + Limits.WORD + " characters, found more");
    }
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  private static void requireLabels(Map<String, String> labels) {
    try {
      HostLabels.require(labels);
    } catch (BadRecordException e) {
      throw new IllegalArgumentException("expected " + e.expected() + ", found " + e.found(), e);
    }
  }

  /** The name of this machine: the FQDN where DNS knows it, else what the machine calls itself. */
  public static String ownName() {
    try {
      InetAddress own = InetAddress.getLocalHost();
      String full = own.getCanonicalHostName();
      boolean useless = full.equals(own.getHostAddress()) || full.startsWith("localhost");
      return useless ? own.getHostName() : full;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "expected this machine to know its name, found: " + e.getMessage() + "; set host=", e);
    }
  }
}
