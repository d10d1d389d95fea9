package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.VerdictForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A verdict of two profiles as the JSON that answers are put together from: small, since very many
 * are kept. The values of obligations belong to devices and come with the question. Immutable; any
 * thread.
 */
public final class WrittenVerdict {

  /** Verdicts as JSON. */
  public static final VerdictForm<WrittenVerdict> FORM =
      new VerdictForm<>() {
        @Override
        public WrittenVerdict of(Verdict verdict, Optional<Rank> rank) {
          return new WrittenVerdict(verdict, rank);
        }

        @Override
        public int weight(WrittenVerdict form) {
          return form.json.length + form.aboutHosts.map(WrittenVerdict::weight).orElse(0);
        }
      };

  /** The approximate memory that a reason takes, in bytes, if it is kept as it is. */
  private static final int REASON = 1024;

  private final List<Obligation> obligations;

  /**
   * The verdict itself where its reasons or warnings may name hosts, which come with the question.
   */
  private final Optional<Verdict> aboutHosts;

  private final byte[] json;
  private final int verdictEnd;
  private final int failureEnd;
  private final int decidedByEnd;
  private final int reasonsAloneEnd;
  private final int reasonsEnd;
  private final int warningsEnd;
  private final int rankEnd;

  private WrittenVerdict(Verdict verdict, Optional<Rank> rank) {
    this.obligations = verdict.obligations();
    this.aboutHosts = Optional.of(verdict).filter(Verdict::isAboutHosts);
    JsonBytes writing = new JsonBytes();
    VerdictBytes.writeOutcome(writing, verdict.outcome());
    verdictEnd = writing.size();
    VerdictBytes.writeFailure(writing, verdict);
    failureEnd = writing.size();
    VerdictBytes.writeDecidedBy(writing, verdict);
    decidedByEnd = writing.size();
    VerdictBytes.writeReasonsAlone(writing, verdict);
    reasonsAloneEnd = writing.size();
    VerdictBytes.writeOverridden(writing, verdict);
    reasonsEnd = writing.size();
    VerdictBytes.writeWarnings(writing, verdict);
    warningsEnd = writing.size();
    writing.name("rank");
    boolean ranked = verdict.outcome() != Outcome.INCOMPATIBLE; // else it means nothing to a caller
    VerdictBytes.writeRank(writing, ranked ? rank : Optional.empty());
    rankEnd = writing.size();
    VerdictBytes.writeOverridden(writing, verdict);
    json = writing.toBytes();
  }

  private static int weight(Verdict verdict) {
    return (verdict.reasons().size() + verdict.warnings().size()) * REASON;
  }

  /** Writes the members of a verdict, with the hosts that lack something for it. */
  void writeMembers(
      JsonBytes out, Map<String, String> values, String sourceHost, String destinationHost) {
    if (aboutHosts.isPresent()) {
      Verdict verdict = aboutHosts.get().on(sourceHost, destinationHost);
      VerdictBytes.writeReasons(out, verdict);
      VerdictBytes.writeObligations(out, obligations, values);
      VerdictBytes.writeWarnings(out, verdict);
    } else {
      writeMembers(out, values);
    }
  }

  /** Writes those of the members that are wanted. */
  void writeMembers(
      JsonBytes out,
      Map<String, String> values,
      String sourceHost,
      String destinationHost,
      Fields fields) {
    if (fields.hasAll()) {
      writeMembers(out, values, sourceHost, destinationHost);
    } else if (aboutHosts.isPresent()) {
      Verdict verdict = aboutHosts.get().on(sourceHost, destinationHost).withValues(values);
      VerdictBytes.write(out, verdict, fields);
    } else {
      writeMembers(out, values, fields);
    }
  }

  /** Likewise, on whatever hosts. */
  void writeMembers(JsonBytes out, Map<String, String> values, Fields fields) {
    if (fields.hasAll()) {
      writeMembers(out, values);
      return;
    }
    if (fields.has(Field.VERDICT)) {
      out.written(json, 0, verdictEnd);
    }
    if (fields.has(Field.FAILURE)) {
      out.written(json, verdictEnd + 1, failureEnd); // after the comma
    }
    if (fields.has(Field.DECIDED_BY)) {
      out.written(json, failureEnd + 1, decidedByEnd);
    }
    if (fields.has(Field.REASONS)) {
      out.written(json, decidedByEnd + 1, reasonsAloneEnd);
    }
    if (fields.has(Field.OVERRIDDEN)) {
      out.written(json, reasonsAloneEnd + 1, reasonsEnd);
    }
    writeBurdens(out, values, fields);
  }

  /** Writes those of {@code obligations} and {@code warnings} that are wanted. */
  void writeBurdens(JsonBytes out, Map<String, String> values, Fields fields) {
    if (fields.has(Field.OBLIGATIONS)) {
      VerdictBytes.writeObligations(out, obligations, values);
    }
    if (fields.has(Field.WARNINGS)) {
      out.written(json, reasonsEnd + 1, warningsEnd);
    }
  }

  /** Writes the members of a verdict of two profiles, on whatever hosts. */
  public void writeMembers(JsonBytes out, Map<String, String> values) {
    out.written(json, 0, reasonsEnd);
    writeBurdens(out, values);
  }

  /** Writes the members {@code obligations} and {@code warnings}. */
  void writeBurdens(JsonBytes out, Map<String, String> values) {
    VerdictBytes.writeObligations(out, obligations, values);
    out.written(json, reasonsEnd + 1, warningsEnd); // after the comma
  }

  /** Writes the member {@code rank}. */
  void writeRank(JsonBytes out) {
    out.written(json, warningsEnd + 1, rankEnd);
  }

  /** Writes the member {@code overridden}, where there is anything. */
  void writeOverridden(JsonBytes out) {
    if (rankEnd < json.length) {
      out.written(json, rankEnd + 1, json.length);
    }
  }
}
