package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.HostPartitioner;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Documents that show that an index is at work: one for each partition, of hosts outside the fleet,
 * with profiles that nobody had.
 *
 * @param sequences of the documents, by host
 * @param generation of the matrix, once their profiles are judged
 */
record Markers(Map<String, Long> sequences, int generation) {

  /** Profiles that the hosts of one model have at one release. */
  private static final int PROFILES_BY_MODEL = 2 * SyntheticFleet.TYPES;

  /**
   * Sends them.
   *
   * @param round 1 for the first
   */
  static Markers send(Stack stack, SyntheticFleet fleet, int round) {
    Map<Integer, Integer> hosts = onePerPartition(fleet);
    Set<Integer> models =
        hosts.values().stream().map(SyntheticFleet::model).collect(Collectors.toSet());
    Map<String, Long> sequences = new TreeMap<>();
    for (int host : hosts.values()) {
      fleet.announce(
          stack.publisher(), host, SyntheticFleet.RELEASES + round, round, Instant.now());
      sequences.put(SyntheticFleet.host(host), (long) round);
    }
    return new Markers(
        sequences, SyntheticFleet.PROFILES + round * models.size() * PROFILES_BY_MODEL);
  }

  private static Map<Integer, Integer> onePerPartition(SyntheticFleet fleet) {
    int partitions = Stack.TOPICS.hostPartitions();
    Map<Integer, Integer> hosts = new TreeMap<>();
    for (int host = fleet.hosts(); hosts.size() < partitions; host++) {
      hosts.putIfAbsent(HostPartitioner.partition(SyntheticFleet.host(host), partitions), host);
    }
    return hosts;
  }
}
