package io.fleetcompat.simulation;

/**
 * Hosts bought together: the same machine, the same way to say what is compatible.
 *
 * @param number counted from 0
 */
record SimulatedPool(int number, Machine machine, Dialect dialect) {

  private static final SimulatedPool[] ALL = {
    new SimulatedPool(0, Machine.INTEL_GVT, Dialect.ATTRIBUTES),
    new SimulatedPool(1, Machine.NVIDIA_MDEV, Dialect.ATTRIBUTES),
    new SimulatedPool(2, Machine.INTEL_GVT, Dialect.DIRECTORIES),
    new SimulatedPool(3, Machine.NVIDIA_VFIO, Dialect.BARE),
    new SimulatedPool(4, Machine.INTEL_GVT, Dialect.TWO_FILES),
    new SimulatedPool(5, Machine.CHANNEL_IO, Dialect.ATTRIBUTES),
    new SimulatedPool(6, Machine.NVIDIA_MDEV, Dialect.JSON),
    new SimulatedPool(7, Machine.INTEL_GVT, Dialect.OPAQUE),
    new SimulatedPool(8, Machine.INTEL_GVT, Dialect.ONE_FILE),
    new SimulatedPool(9, Machine.NVIDIA_MDEV, Dialect.OLD_OPAQUE),
    new SimulatedPool(10, Machine.CHANNEL_IO, Dialect.DIRECTORIES),
    new SimulatedPool(11, Machine.INTEL_GVT, Dialect.EVERYTHING),
  };

  private static final int FIRST_STEPS = 3;

  static SimulatedPool of(int hostIndex) {
    return ALL[hostIndex / SimulatedHost.BLOCK % ALL.length];
  }

  static int count() {
    return ALL.length;
  }

  String label() {
    return "pool-" + (char) ('a' + number);
  }

  /** The release that most of its hosts run at first. */
  int firstStep() {
    return number % FIRST_STEPS;
  }

  /** The spelling of the interfaces that its driver uses. */
  enum Dialect {
    /** 3.1, attributes of the type. */
    ATTRIBUTES,
    /** 3.2 as directories. */
    DIRECTORIES,
    /** 3.2 as two text files. */
    TWO_FILES,
    /** 3.2 as one text file. */
    ONE_FILE,
    /** 3.2 as JSON. */
    JSON,
    /** 3.3 {@code migration_version}. */
    OPAQUE,
    /** 3.3 {@code version}. */
    OLD_OPAQUE,
    /** 3.1, 3.2 and 3.3 on one node. */
    EVERYTHING,
    /** None of them: what a driver of today has. */
    BARE;

    boolean attributes() {
      return this == ATTRIBUTES || this == EVERYTHING;
    }

    boolean opaque() {
      return this == OPAQUE || this == OLD_OPAQUE || this == EVERYTHING;
    }
  }
}
