package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict;
import java.util.Optional;

/**
 * The form in which verdicts are kept for whoever answers, so that it is made once for each pair of
 * profiles: this package does not know it. Any thread.
 *
 * @param <V> the form; immutable
 */
public interface VerdictForm<V> {

  /**
   * A verdict in that form.
   *
   * @param rank empty where the pair is not indexed
   */
  V of(Verdict verdict, Optional<Rank> rank);

  /** The approximate memory that a verdict takes in that form, in bytes. */
  int weight(V form);
}
