package io.fleetcompat.simulation;

import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A fleet that does not exist: its hosts' sysfs trees on disk, in the layout of a fleet directory,
 * the same for the same seed. It continues what an earlier run left.
 *
 * <p>Threading: one thread at a time; readers of the directory need no lock, since hosts, devices
 * and attributes appear and vanish by renaming.
 */
public final class SimulatedFleet {

  /** Most hosts: each is about 400 files. */
  public static final int MAX_HOSTS = 20_000;

  /** Folder of a fleet directory in which things are made before they are renamed into place. */
  private static final String SCRATCH = ".simulation";

  private static final String SYS = "sys";
  private static final JsonMapper JSON = StrictJson.MAPPER;

  private final Path directory;
  private final Path scratch;
  private final long seed;
  private final Random random;
  private final SortedMap<Integer, SimulatedHost> hosts = new TreeMap<>();
  private final UpgradeWave wave = new UpgradeWave();

  private SimulatedFleet(Path directory, long seed) {
    this.directory = directory;
    this.scratch = directory.resolve(SCRATCH);
    this.seed = seed;
    this.random = new Random(seed);
  }

  /**
   * Opens a fleet of so many hosts: those that the directory already has are kept as they are, what
   * is missing is added, and what is too many is removed. Folders that no simulation wrote are left
   * alone.
   */
  public static SimulatedFleet open(Path directory, int size, long seed) throws IOException {
    SimulatedFleet fleet = new SimulatedFleet(directory, seed);
    Files.createDirectories(fleet.scratch);
    fleet.clearScratch();
    fleet.readExisting();
    fleet.resize(size);
    return fleet;
  }

  public Path directory() {
    return directory;
  }

  /** Names of its hosts, sorted. */
  public List<String> hosts() {
    return hosts.values().stream().map(SimulatedHost::name).toList();
  }

  /** Changes something, somewhere; the answer is what a hint to the host's collector needs. */
  public Change change() throws IOException {
    int dice = random.nextInt(100);
    if (dice < 2 && !hosts.isEmpty()) {
      return addOrRemove();
    }
    if (hosts.isEmpty()) {
      return add(0);
    }
    return dice < 40 ? upgrade() : edit(dice);
  }

  /**
   * One change.
   *
   * @param host the host that is no longer as it was
   * @param kind what happened to it
   */
  public record Change(String host, Kind kind) {

    /** The kinds of change that a simulated host can meet. */
    public enum Kind {
      DRIVER_UPGRADED,
      DEVICE_CREATED,
      DEVICE_REMOVED,
      CAPACITY_CHANGED,
      HOST_ADDED,
      HOST_REMOVED
    }
  }

  private Change upgrade() throws IOException {
    UpgradeWave.Step step = wave.next(hosts, random);
    SimulatedHost before = step.host();
    replace(before, before.withStep(step.release()));
    return new Change(before.name(), Change.Kind.DRIVER_UPGRADED);
  }

  private Change edit(int dice) throws IOException {
    SimulatedHost before = pick();
    if (dice < 65) {
      replace(before, before.withDevice(random));
      return new Change(before.name(), Change.Kind.DEVICE_CREATED);
    }
    if (dice < 85) {
      replace(before, before.withoutDevice(random));
      return new Change(before.name(), Change.Kind.DEVICE_REMOVED);
    }
    replace(before, before.withReserved(random));
    return new Change(before.name(), Change.Kind.CAPACITY_CHANGED);
  }

  /** A host goes, or the first that is missing comes (again): the size stays about the same. */
  private Change addOrRemove() throws IOException {
    int missing = 0;
    while (hosts.containsKey(missing)) {
      missing++;
    }
    return missing <= hosts.lastKey() ? add(missing) : remove(pick());
  }

  private Change add(int index) throws IOException {
    SimulatedHost host = SimulatedHost.first(seed, index);
    write(host);
    return new Change(host.name(), Change.Kind.HOST_ADDED);
  }

  private Change remove(SimulatedHost host) throws IOException {
    Path aside = scratch.resolve(host.name());
    Files.move(directory.resolve(host.name()), aside, StandardCopyOption.ATOMIC_MOVE);
    HostTreeWriter.delete(aside);
    hosts.remove(host.index());
    return new Change(host.name(), Change.Kind.HOST_REMOVED);
  }

  private SimulatedHost pick() {
    return List.copyOf(hosts.values()).get(random.nextInt(hosts.size()));
  }

  private void resize(int size) throws IOException {
    while (hosts.size() > size) {
      remove(hosts.sequencedValues().getLast());
    }
    for (int index = 0; hosts.size() < size; index++) {
      if (!hosts.containsKey(index)) {
        add(index);
      }
    }
  }

  private void write(SimulatedHost host) throws IOException {
    Path made = scratch.resolve(host.name());
    HostTreeWriter.delete(made);
    Files.createDirectories(made.resolve("facts.d"));
    Files.write(made.resolve(HostDocument.FILE), host.document().encode());
    Files.writeString(made.resolve("facts.d/host.facts"), facts(host));
    Files.write(made.resolve(SimulatedHost.FILE), JSON.writeValueAsBytes(host));
    HostTreeWriter.create(made.resolve(SYS), SimulatedSysfs.of(host));
    Files.move(made, directory.resolve(host.name()), StandardCopyOption.ATOMIC_MOVE);
    hosts.put(host.index(), host);
  }

  private static String facts(SimulatedHost host) {
    return switch (host.pool().machine()) {
      case NVIDIA_MDEV, NVIDIA_VFIO ->
          "vgpu_manager_version="
              + DriverRelease.ALL.get(host.step()).version()
              + "\necc_mode=on\n";
      case INTEL_GVT, CHANNEL_IO -> "";
    };
  }

  private void replace(SimulatedHost before, SimulatedHost after) throws IOException {
    if (before.equals(after)) {
      return;
    }
    Path folder = directory.resolve(before.name());
    HostTreeWriter.change(
        folder.resolve(SYS), SimulatedSysfs.of(before), SimulatedSysfs.of(after), scratch);
    renameInto(folder.resolve("facts.d/host.facts"), facts(after).getBytes(StandardCharsets.UTF_8));
    renameInto(folder.resolve(SimulatedHost.FILE), JSON.writeValueAsBytes(after));
    hosts.put(after.index(), after);
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

  private void readExisting() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (var all = Files.list(directory)) {
      all.filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS)).forEach(folders::add);
    }
    for (Path folder : folders) {
      Optional<SimulatedHost> host = read(folder.resolve(SimulatedHost.FILE));
      if (host.isPresent() && host.get().name().equals(folder.getFileName().toString())) {
        hosts.put(host.get().index(), heal(host.get()));
      }
    }
  }

  /** A run that was killed between two renames left a tree that is not the one it noted. */
  private SimulatedHost heal(SimulatedHost host) throws IOException {
    Path sys = directory.resolve(host.name()).resolve(SYS);
    HostTree noted = SimulatedSysfs.of(host);
    HostTree found = HostTreeReader.read(sys);
    if (!found.equals(noted)) {
      HostTreeWriter.change(sys, found, noted, scratch);
    }
    return host;
  }

  private static Optional<SimulatedHost> read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return Optional.of(JSON.readValue(Files.readAllBytes(file), SimulatedHost.class));
  }
}
