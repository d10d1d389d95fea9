package io.fleetcompat.simulation;

import io.fleetcompat.collector.fleet.HostDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * All that a simulated host's tree follows from. Kept beside the tree as {@link #FILE}, so that a
 * second start continues.
 *
 * @param index number of the host in its fleet
 * @param step which driver release it runs, as an index into {@link DriverRelease#ALL}
 * @param instances devices that exist, in order of creation
 * @param reserved units of each parent that something outside took: it changes capacity alone
 * @param software where it is another than the release says
 */
record SimulatedHost(
    int index,
    long seed,
    int step,
    List<Instance> instances,
    List<Integer> reserved,
    SimulatedSoftware software) {

  static final String FILE = ".simulated.json";

  /** Hosts that follow each other share a pool, so that even a small fleet has pools. */
  static final int BLOCK = 4;

  private static final int ZONES = 3;
  private static final String[] KERNELS = {"6.1.0-28-amd64", "6.8.0-49-generic", "6.12.9-200"};

  SimulatedHost {
    instances = List.copyOf(instances);
    reserved = List.copyOf(reserved);
  }

  /**
   * A device that exists.
   *
   * @param id its UUID; for an NVIDIA VF a UUID that nothing shows
   * @param slot which parent, counted from 0
   * @param type index into the types of the machine
   */
  record Instance(String id, int slot, int type) {}

  /** The host of that number in the fleet of that seed, as it is first written. */
  static SimulatedHost first(long seed, int index) {
    Random random = new Random(seed * 1_000_003L + index);
    SimulatedPool pool = SimulatedPool.of(index);
    int step = Math.min(pool.firstStep() + (random.nextInt(3) == 0 ? 1 : 0), DriverRelease.LAST);
    SimulatedHost host =
        new SimulatedHost(
            index,
            seed,
            step,
            List.of(),
            new ArrayList<>(zeros(pool.machine().slots())),
            SimulatedSoftware.NONE);
    for (int i = 0; i < pool.machine().firstInstances(); i++) {
      host = host.withDevice(random);
    }
    return host;
  }

  String name() {
    return "host-%04d".formatted(index);
  }

  SimulatedPool pool() {
    return SimulatedPool.of(index);
  }

  Oddity oddity() {
    return Oddity.of(index);
  }

  HostDocument document() {
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put("pool", pool().label());
    labels.put("zone", "zone-" + (1 + index % ZONES));
    return new HostDocument(
        java.util.Optional.of(name()),
        labels,
        java.util.Optional.of(software.kernel().orElse(KERNELS[index % KERNELS.length])));
  }

  /** The version of the driver that it runs. */
  String driverVersion() {
    return software.driver().orElse(DriverRelease.ALL.get(step).version());
  }

  /** The host with a release, and nothing else than that. */
  SimulatedHost withStep(int newStep) {
    return new SimulatedHost(index, seed, newStep, instances, reserved, SimulatedSoftware.NONE);
  }

  SimulatedHost withSoftware(SimulatedSoftware other) {
    return new SimulatedHost(index, seed, step, instances, reserved, other);
  }

  /** The host with one device more. */
  SimulatedHost with(Instance instance) {
    List<Instance> more = new ArrayList<>(instances);
    more.add(instance);
    return new SimulatedHost(index, seed, step, more, reserved, software);
  }

  /** The host without that device. */
  SimulatedHost without(String id) {
    return new SimulatedHost(
        index,
        seed,
        step,
        instances.stream().filter(each -> !each.id().equals(id)).toList(),
        reserved,
        software);
  }

  /** The host with one device more, where one fits; else as it is. */
  SimulatedHost withDevice(Random random) {
    Machine machine = pool().machine();
    int start = random.nextInt(machine.slots());
    int type = random.nextInt(machine.types().size());
    for (int i = 0; i < machine.slots() * machine.types().size(); i++) {
      int slot = (start + i) % machine.slots();
      int candidate = (type + i / machine.slots()) % machine.types().size();
      if (machine.available(this, slot, candidate) > 0) {
        return with(
            new Instance(
                new UUID(random.nextLong(), random.nextLong()).toString(), slot, candidate));
      }
    }
    return this;
  }

  /** The host with one device less, where there is one. */
  SimulatedHost withoutDevice(Random random) {
    if (instances.isEmpty()) {
      return this;
    }
    List<Instance> fewer = new ArrayList<>(instances);
    fewer.remove(random.nextInt(fewer.size()));
    return new SimulatedHost(index, seed, step, fewer, reserved, software);
  }

  /** The host with a unit of a parent taken by something outside, or given back. */
  SimulatedHost withReserved(Random random) {
    int slot = random.nextInt(reserved.size());
    List<Integer> changed = new ArrayList<>(reserved);
    changed.set(slot, changed.get(slot) == 0 ? 1 : 0);
    return new SimulatedHost(index, seed, step, instances, changed, software);
  }

  /** Units of a parent that are taken. */
  int used(int slot) {
    Machine machine = pool().machine();
    return reserved.get(slot)
        + instances.stream()
            .filter(i -> i.slot() == slot)
            .mapToInt(i -> machine.types().get(i.type()).units())
            .sum();
  }

  private static List<Integer> zeros(int count) {
    return java.util.Collections.nCopies(count, 0);
  }
}
