package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.json.JsonBytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules say of two profiles, as the JSON that answers are put together from: small, since
 * very many are kept. The values of obligations belong to devices and come with the question.
 * Immutable; any thread.
 */
public final class PairVerdict {

  /** What the objects around the JSON take, about, in bytes. */
  private static final int OVERHEAD = 160;

  private static final Set<RuleId> MISSING =
      Set.of(RuleId.FACET_MISSING, RuleId.NO_MIGRATION_INTERFACE);

  private final Outcome outcome;
  private final int reasons;
  private final int missing;
  private final Optional<Rank> rank;
  private final List<Obligation> obligations;
  private final byte[] json;
  private final int reasonsEnd;
  private final int warningsEnd;

  /** Keeps nothing of the verdict but its JSON and its obligations. */
  PairVerdict(Verdict verdict, Optional<Rank> rank) {
    this.outcome = verdict.outcome();
    this.rank = rank;
    this.reasons = verdict.reasons().size();
    this.missing = (int) verdict.reasons().stream().filter(r -> MISSING.contains(r.rule())).count();
    this.obligations = verdict.obligations();
    JsonBytes writing = new JsonBytes();
    VerdictBytes.writeReasons(writing, verdict);
    reasonsEnd = writing.size();
    VerdictBytes.writeWarnings(writing, verdict);
    warningsEnd = writing.size();
    writing.name("rank");
    boolean ranked = outcome != Outcome.INCOMPATIBLE; // else its numbers mean nothing to a caller
    VerdictBytes.writeRank(writing, ranked ? rank : Optional.empty());
    json = writing.toBytes();
  }

  public Outcome outcome() {
    return outcome;
  }

  /** The outcome for hosts that have been heard of, or have not. */
  public Outcome outcome(boolean heard) {
    return heard || outcome == Outcome.INCOMPATIBLE ? outcome : Outcome.UNKNOWN;
  }

  /** Empty where the pair is not indexed. */
  public Optional<Rank> rank() {
    return rank;
  }

  /** How many reasons it has. */
  int reasons() {
    return reasons;
  }

  /** How many of them say only that there was nothing to compare. */
  int missing() {
    return missing;
  }

  /** Writes the four members of a verdict. */
  public void writeMembers(JsonBytes out, Map<String, String> values) {
    out.written(json, 0, reasonsEnd);
    writeBurdens(out, values);
  }

  /** Writes the members {@code obligations} and {@code warnings}. */
  public void writeBurdens(JsonBytes out, Map<String, String> values) {
    VerdictBytes.writeObligations(out, obligations, values);
    out.written(json, reasonsEnd + 1, warningsEnd); // after the comma
  }

  /** Writes the member {@code rank}. */
  public void writeRank(JsonBytes out) {
    out.written(json, warningsEnd + 1, json.length);
  }

  /** What it takes in memory, about, in bytes. */
  int weight() {
    return json.length + OVERHEAD;
  }
}
