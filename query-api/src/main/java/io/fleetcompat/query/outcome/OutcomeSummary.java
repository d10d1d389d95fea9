package io.fleetcompat.query.outcome;

import java.util.List;
import java.util.SortedMap;

/**
 * The summary of what outcomes say of the index and its rules.
 *
 * @param since from then on, milliseconds since 1970: outcomes recorded earlier do not count
 * @param complete false where some of that time were dropped for want of room
 * @param wrong outcomes that were not what was answered
 * @param counts outcomes by what was told and what came of it, sorted; none is 0
 * @param index the index saying COMPATIBLE; UNKNOWN is not saying so
 * @param rules by id, each saying no; those of most outcomes
 * @param packs by id, each saying no by any of its rules
 * @param findings pairs that it was wrong about first, then by the number of outcomes against it:
 *     the first ones
 * @param allFindings the number of all of them
 */
public record OutcomeSummary(
    long since,
    boolean complete,
    long wrong,
    List<OutcomeCount> counts,
    Accuracy index,
    SortedMap<String, Accuracy> rules,
    SortedMap<String, Accuracy> packs,
    List<OutcomeFinding> findings,
    int allFindings) {

  public OutcomeSummary {
    counts = List.copyOf(counts);
    findings = List.copyOf(findings);
  }
}
