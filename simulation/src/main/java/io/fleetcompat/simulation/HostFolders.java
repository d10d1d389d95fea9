package io.fleetcompat.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.collector.fleet.HostDocument;
import io.fleetcompat.collector.fleet.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The folders of simulated hosts in a fleet directory. Nothing is named by what somebody else says:
 * a host's folder has the name that its number gives, and no link is followed out of it.
 *
 * <p>Threading: one thread at a time; readers of the directory need no lock, since hosts, devices
 * and attributes appear and vanish by renaming.
 */
final class HostFolders {

  /** Folder of a fleet directory in which things are made before they are renamed into place. */
  private static final String SCRATCH = ".simulation";

  private static final String SYS = "sys";
  private static final String FACTS = "facts.d";
  private static final String FACTS_FILE = FACTS + "/host.facts";
  private static final String SOFTWARE = "software";
  private static final JsonMapper JSON = StrictJson.MAPPER;

  private final Path directory;
  private final Path scratch;

  private HostFolders(Path directory) {
    this.directory = directory;
    this.scratch = directory.resolve(SCRATCH);
  }

  static HostFolders open(Path directory) throws IOException {
    HostFolders folders = new HostFolders(directory);
    Files.createDirectories(folders.scratch);
    folders.clearScratch();
    return folders;
  }

  Path directory() {
    return directory;
  }

  /**
   * The hosts that are there, by number. A run that was killed between two renames left a tree that
   * is not the one it noted: that is mended.
   */
  SortedMap<Integer, SimulatedHost> read() throws IOException {
    SortedMap<Integer, SimulatedHost> hosts = new TreeMap<>();
    List<Path> folders = new ArrayList<>();
    try (var all = Files.list(directory)) {
      all.filter(HostFolders::isFolder).forEach(folders::add);
    }
    for (Path folder : folders) {
      Optional<SimulatedHost> host = read(folder.resolve(SimulatedHost.FILE));
      if (host.isPresent() && host.get().name().equals(folder.getFileName().toString())) {
        mend(host.get());
        hosts.put(host.get().index(), host.get());
      }
    }
    return hosts;
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<SimulatedHost> read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    JsonNode noted = JSON.readTree(Files.readAllBytes(file));
    if (noted instanceof ObjectNode object && !object.has(SOFTWARE)) {
      // Written before hosts had software of their own.
      object.set(SOFTWARE, JSON.valueToTree(SimulatedSoftware.NONE));
    }
    return Optional.of(JSON.treeToValue(noted, SimulatedHost.class));
  }

  private void mend(SimulatedHost host) throws IOException {
    Path folder = folder(host);
    for (String name : List.of(SYS, FACTS)) {
      if (!isFolder(folder.resolve(name))) {
        throw new IOException("expected a folder, found something else: " + folder.resolve(name));
      }
    }
    HostTree noted = SimulatedSysfs.of(host);
    HostTree found = HostTreeReader.read(folder.resolve(SYS));
    if (!found.equals(noted)) {
      HostTreeWriter.change(folder.resolve(SYS), found, noted, scratch);
    }
  }

  /** Makes the folder of a host that has none. */
  void write(SimulatedHost host) throws IOException {
    Path made = scratch.resolve(host.name());
    HostTreeWriter.delete(made);
    Files.createDirectories(made.resolve(FACTS));
    Files.write(made.resolve(HostDocument.FILE), host.document().encode());
    Files.writeString(made.resolve(FACTS_FILE), facts(host));
    Files.write(made.resolve(SimulatedHost.FILE), JSON.writeValueAsBytes(host));
    HostTreeWriter.create(made.resolve(SYS), SimulatedSysfs.of(host));
    Files.move(made, folder(host), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Turns the folder of a host into that of the same host as it is now. */
  void replace(SimulatedHost before, SimulatedHost after) throws IOException {
    if (before.equals(after)) {
      return;
    }
    Path folder = folder(before);
    HostTreeWriter.change(
        folder.resolve(SYS), SimulatedSysfs.of(before), SimulatedSysfs.of(after), scratch);
    renameInto(folder.resolve(FACTS_FILE), facts(after).getBytes(StandardCharsets.UTF_8));
    if (!before.document().equals(after.document())) {
      renameInto(folder.resolve(HostDocument.FILE), after.document().encode());
    }
    renameInto(folder.resolve(SimulatedHost.FILE), JSON.writeValueAsBytes(after));
  }

  void remove(SimulatedHost host) throws IOException {
    Path aside = scratch.resolve(host.name());
    Files.move(folder(host), aside, StandardCopyOption.ATOMIC_MOVE);
    HostTreeWriter.delete(aside);
  }

  private Path folder(SimulatedHost host) {
    return directory.resolve(host.name());
  }

  private static String facts(SimulatedHost host) {
    return switch (host.pool().machine()) {
      case NVIDIA_MDEV, NVIDIA_VFIO ->
          "vgpu_manager_version=" + host.driverVersion() + "\necc_mode=on\n";
      case INTEL_GVT, CHANNEL_IO -> "";
    };
  }

  private void renameInto(Path file, byte[] content) throws IOException {
    Path made = scratch.resolve("file");
    Files.write(made, content);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void clearScratch() throws IOException {
    try (var left = Files.list(scratch)) {
      for (Path path : left.toList()) {
        HostTreeWriter.delete(path);
      }
    }
  }
}
