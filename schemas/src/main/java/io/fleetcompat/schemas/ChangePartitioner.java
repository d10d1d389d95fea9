package io.fleetcompat.schemas;

/**
 * The partition of a change. A host's changes are where all else of the host is, and the beginning
 * of a partition's history is in that partition: so whoever has read a partition from there on has
 * all changes of its hosts.
 */
public final class ChangePartitioner {

  private ChangePartitioner() {}

  public static int partition(ChangeKey change, int partitions) {
    return switch (change.kind()) {
      case HISTORY -> Integer.parseInt(change.name()) % partitions;
      case HOST, CAPACITY -> HostPartitioner.partition(change.name(), partitions);
      case PROFILE, RULES, PROBE, OVERRIDE, POOL ->
          HostPartitioner.partition(change.toString(), partitions);
    };
  }
}
