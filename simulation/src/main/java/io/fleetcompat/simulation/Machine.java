package io.fleetcompat.simulation;

import java.util.List;

/** The hardware of a simulated host: its parents, the types they offer, how full they get. */
enum Machine {
  INTEL_GVT(
      "i915",
      1,
      8,
      3,
      List.of(
          new Type("i915-GVTg_V5_1", "GVTg_V5_1", 8),
          new Type("i915-GVTg_V5_2", "GVTg_V5_2", 4),
          new Type("i915-GVTg_V5_4", "GVTg_V5_4", 2),
          new Type("i915-GVTg_V5_8", "GVTg_V5_8", 1))),
  NVIDIA_MDEV(
      "nvidia",
      2,
      8,
      3,
      List.of(
          new Type("nvidia-63", "GRID P4-1Q", 1),
          new Type("nvidia-64", "GRID P4-2Q", 2),
          new Type("nvidia-65", "GRID P4-4Q", 4))),
  NVIDIA_VFIO(
      "nvidia",
      6,
      8,
      2,
      List.of(
          new Type("1145", "NVIDIA L40S-1B", 1),
          new Type("1148", "NVIDIA L40S-2Q", 2),
          new Type("1150", "NVIDIA L40S-8Q", 8))),
  CHANNEL_IO("vfio_ccw", 6, 1, 4, List.of(new Type("vfio_ccw-io", "I/O subchannel (Non-QDIO)", 1)));

  private final String driver;
  private final int slots;
  private final int units;
  private final int firstInstances;

  // List.copyOf: it is immutable, which the checker cannot see.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Type> types;

  Machine(String driver, int slots, int units, int firstInstances, List<Type> types) {
    this.driver = driver;
    this.slots = slots;
    this.units = units;
    this.firstInstances = firstInstances;
    this.types = List.copyOf(types);
  }

  /**
   * @param units how much of a parent one instance takes
   */
  record Type(String id, String name, int units) {}

  /** The kernel module whose release decides what its types say. */
  String driver() {
    return driver;
  }

  /** True where its types are those of mediated devices. */
  boolean isMediated() {
    return this != NVIDIA_VFIO;
  }

  /** The name of a parent. */
  String parent(int slot) {
    return switch (this) {
      case INTEL_GVT -> "0000:00:02.0";
      case NVIDIA_MDEV -> "0000:%02x:00.0".formatted(0x3b + slot);
      case NVIDIA_VFIO -> "0000:41:00.%x".formatted(4 + slot);
      case CHANNEL_IO -> "0.0.%04x".formatted(0x14 + slot);
    };
  }

  int slots() {
    return slots;
  }

  int firstInstances() {
    return firstInstances;
  }

  List<Type> types() {
    return types;
  }

  /**
   * The number of instances of a type that a parent can still take. An NVIDIA GPU takes one type at
   * a time; the VFs of an NVIDIA GPU share its memory, and each takes one instance.
   */
  int available(SimulatedHost host, int slot, int type) {
    return switch (this) {
      case INTEL_GVT, CHANNEL_IO -> (units - host.used(slot)) / types.get(type).units();
      case NVIDIA_MDEV ->
          host.instances().stream().anyMatch(i -> i.slot() == slot && i.type() != type)
              ? 0
              : (units - host.used(slot)) / types.get(type).units();
      case NVIDIA_VFIO -> {
        int used = 0;
        for (int i = 0; i < slots; i++) {
          used += host.used(i);
        }
        boolean taken = host.instances().stream().anyMatch(i -> i.slot() == slot);
        yield !taken && units - used >= types.get(type).units() ? 1 : 0;
      }
    };
  }
}
