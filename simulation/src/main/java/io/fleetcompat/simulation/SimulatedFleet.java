package io.fleetcompat.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;

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

  private final HostFolders folders;
  private final long seed;
  private final Random random;
  private final SortedMap<Integer, SimulatedHost> hosts;
  private final UpgradeWave wave = new UpgradeWave();

  private SimulatedFleet(HostFolders folders, SortedMap<Integer, SimulatedHost> hosts, long seed) {
    this.folders = folders;
    this.hosts = hosts;
    this.seed = seed;
    this.random = new Random(seed);
  }

  /**
   * Opens a fleet of so many hosts: those that the directory already has are kept as they are, what
   * is missing is added, and what is too many is removed. Folders that no simulation wrote are left
   * alone. Whoever changes it later, while others might, holds its {@link FleetMarker}.
   *
   * @throws FleetBusyException where somebody changes it now
   */
  public static SimulatedFleet open(Path directory, int size, long seed) throws IOException {
    Files.createDirectories(directory);
    try (FleetMarker marker = FleetMarker.holdOrMake(directory)) {
      return open(directory, size, seed, marker);
    }
  }

  /**
   * Likewise.
   *
   * @param held the marker of the directory, which the caller holds
   */
  public static SimulatedFleet open(Path directory, int size, long seed, FleetMarker held)
      throws IOException {
    HostFolders folders = HostFolders.open(directory);
    SimulatedFleet fleet = new SimulatedFleet(folders, folders.read(), seed);
    fleet.resize(size);
    return fleet;
  }

  public Path directory() {
    return folders.directory();
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
    folders.write(host);
    hosts.put(index, host);
    return new Change(host.name(), Change.Kind.HOST_ADDED);
  }

  private Change remove(SimulatedHost host) throws IOException {
    folders.remove(host);
    hosts.remove(host.index());
    return new Change(host.name(), Change.Kind.HOST_REMOVED);
  }

  private void replace(SimulatedHost before, SimulatedHost after) throws IOException {
    folders.replace(before, after);
    hosts.put(after.index(), after);
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
}
