package io.fleetcompat.collector.fleet;

import io.fleetcompat.collector.Collector;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a fleet's collectors after one look at its directory, so that whoever asks for it
 * waits for no look. Immutable; what its collectors say of themselves is as it is now.
 *
 * @param collectors those that run, by host
 * @param problems why folders are not used, by folder
 * @param notStarted why hosts have no collector, by host
 */
record FleetReport(
    SortedMap<String, Collector> collectors,
    SortedMap<String, FleetListing.Problem> problems,
    SortedMap<String, String> notStarted) {

  /** The report before the first look. */
  static final FleetReport NONE =
      new FleetReport(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  FleetReport {
    collectors = copy(collectors);
    problems = copy(problems);
    notStarted = copy(notStarted);
  }

  private static <V> SortedMap<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  Optional<Collector> collector(String host) {
    return Optional.ofNullable(collectors.get(host));
  }

  /** True where each host was announced, or has a reason why not. */
  boolean isLookedAt() {
    return collectors.values().stream()
        .allMatch(collector -> collector.hasAnnounced() || collector.failure().isPresent());
  }

  /** The reasons why hosts are not collected from, by name. */
  SortedMap<String, String> failures() {
    SortedMap<String, String> all = new TreeMap<>(notStarted);
    collectors.forEach(
        (name, collector) ->
            collector.failure().ifPresent(failure -> all.put(name, failure.why())));
    return all;
  }
}
