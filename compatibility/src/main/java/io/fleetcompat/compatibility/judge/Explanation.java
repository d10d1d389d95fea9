package io.fleetcompat.compatibility.judge;

import java.util.List;

/**
 * A verdict with every rule that was applied for it: those that failed or could not be judged are
 * the verdict's reasons.
 *
 * @param satisfied in the order in which they were applied
 */
public record Explanation(Verdict verdict, List<Satisfied> satisfied) {

  public Explanation {
    satisfied = List.copyOf(satisfied);
  }
}
