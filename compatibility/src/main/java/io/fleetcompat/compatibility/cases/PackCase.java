package io.fleetcompat.compatibility.cases;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.inventory.Endpoint;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One case of a pack: a pair of devices and the answer that its author expects.
 *
 * @param line in its file
 * @param options values of the pack's options, by option
 */
public record PackCase(
    String name,
    int line,
    SortedMap<String, String> options,
    Endpoint source,
    Endpoint destination,
    Expected expected) {

  public PackCase {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /**
   * The answer that is expected; of what is empty nothing is.
   *
   * @param rules ids of the rules that are reasons, as answers spell them
   * @param warnings ids of the rules that warn, likewise
   */
  public record Expected(
      Outcome verdict,
      SortedSet<String> rules,
      Optional<FailureTime> failure,
      Optional<SortedSet<String>> obligations,
      Optional<SortedSet<String>> warnings) {

    public Expected {
      rules = Collections.unmodifiableSortedSet(new TreeSet<>(rules));
    }
  }
}
