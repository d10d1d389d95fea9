package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Overridden;
import io.fleetcompat.compatibility.judge.PackBasis;
import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.DecidedBy;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.pack.Failure;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verdicts and ranks as members of answers: the same JSON as {@code VerdictJson}, which a test
 * holds it to, in bytes and without a generator.
 */
final class VerdictBytes {

  private static final JsonName VERDICT = JsonName.of("verdict");
  private static final JsonName REASONS = JsonName.of("reasons");
  private static final JsonName OBLIGATIONS = JsonName.of("obligations");
  private static final JsonName WARNINGS = JsonName.of("warnings");
  private static final JsonName RULE = JsonName.of("rule");
  private static final JsonName FACET = JsonName.of("facet");
  private static final JsonName ATTRIBUTE = JsonName.of("attribute");
  private static final JsonName SOURCE = JsonName.of("source");
  private static final JsonName DESTINATION = JsonName.of("destination");
  private static final JsonName STATE = JsonName.of("state");
  private static final JsonName DETAIL = JsonName.of("detail");
  private static final JsonName FAILURE = JsonName.of("failure");
  private static final JsonName FAILURE_INFERRED = JsonName.of("failureInferred");
  private static final JsonName DECIDED_BY = JsonName.of("decidedBy");
  private static final JsonName DOCUMENTS = JsonName.of("documents");
  private static final JsonName PACK = JsonName.of("pack");
  private static final JsonName SOURCE_DOCUMENT = JsonName.of("source-document");
  private static final JsonName OVERRIDDEN = JsonName.of("overridden");
  private static final JsonName OVERRIDE = JsonName.of("override");
  private static final JsonName VALUE = JsonName.of("value");

  private VerdictBytes() {}

  /** {@code verdict}, {@code reasons}, {@code obligations} and {@code warnings}. */
  static void write(JsonBytes json, Verdict verdict) {
    writeReasons(json, verdict);
    writeObligations(json, verdict.obligations(), Map.of());
    writeWarnings(json, verdict);
  }

  /** Those of these members that are wanted. */
  static void write(JsonBytes json, Verdict verdict, Fields fields) {
    if (fields.has(Field.VERDICT)) {
      writeOutcome(json, verdict.outcome());
    }
    if (fields.has(Field.FAILURE)) {
      writeFailure(json, verdict);
    }
    if (fields.has(Field.DECIDED_BY)) {
      writeDecidedBy(json, verdict);
    }
    if (fields.has(Field.REASONS)) {
      writeReasonsAlone(json, verdict);
    }
    if (fields.has(Field.OVERRIDDEN)) {
      writeOverridden(json, verdict);
    }
    if (fields.has(Field.OBLIGATIONS)) {
      writeObligations(json, verdict.obligations(), Map.of());
    }
    if (fields.has(Field.WARNINGS)) {
      writeWarnings(json, verdict);
    }
  }

  /** {@code verdict}, what packs had to do with it, and {@code reasons}. */
  static void writeReasons(JsonBytes json, Verdict verdict) {
    writeOutcome(json, verdict.outcome());
    writeFailure(json, verdict);
    writeDecidedBy(json, verdict);
    writeReasonsAlone(json, verdict);
    writeOverridden(json, verdict);
  }

  /** {@code verdict}. */
  static void writeOutcome(JsonBytes json, Outcome outcome) {
    json.name(VERDICT).string(outcome.name());
  }

  /** {@code failure}, where a pack says how a migration would fail. */
  static void writeFailure(JsonBytes json, Verdict verdict) {
    verdict.failure().ifPresent(failure -> write(json, failure));
  }

  /** {@code decidedBy}, where a pack decided. */
  static void writeDecidedBy(JsonBytes json, Verdict verdict) {
    verdict.decidedBy().ifPresent(pack -> write(json, pack));
  }

  /** {@code reasons}. */
  static void writeReasonsAlone(JsonBytes json, Verdict verdict) {
    json.name(REASONS).openArray();
    verdict.reasons().forEach(reason -> write(json, reason));
    json.closeArray();
  }

  /** {@code overridden}, where there is anything. */
  static void writeOverridden(JsonBytes json, Verdict verdict) {
    if (verdict.isOverridden()) {
      json.name(OVERRIDDEN).openArray();
      verdict.overridden().forEach(each -> write(json, each));
      json.closeArray();
    }
  }

  private static void write(JsonBytes json, Overridden overridden) {
    json.open();
    writeMembers(json, overridden.reason());
    RuleOverride by = overridden.by();
    json.name(OVERRIDE).open().name("id").string(by.id());
    json.name("author").string(by.author()).name("reason").string(by.reason());
    json.name("created").string(by.created().toString());
    json.name("expires").stringOrNull(by.expires().map(Instant::toString));
    json.close().close();
  }

  /**
   * {@code obligations}.
   *
   * @param values laid over those that the obligations have
   */
  static void writeObligations(
      JsonBytes json, List<Obligation> obligations, Map<String, String> values) {
    json.name(OBLIGATIONS).openArray();
    for (Obligation obligation : obligations) {
      json.open().name(ATTRIBUTE).string(obligation.attribute());
      json.name(VALUE).stringOrNull(obligation.with(values).value()).close();
    }
    json.closeArray();
  }

  /** {@code warnings}. */
  static void writeWarnings(JsonBytes json, Verdict verdict) {
    json.name(WARNINGS).openArray();
    for (Warning warning : verdict.warnings()) {
      json.open().name(RULE).string(warning.rule().toString());
      json.name(ATTRIBUTE).stringOrNull(warning.attribute());
      json.name(DETAIL).string(warning.detail()).close();
    }
    json.closeArray();
  }

  static void write(JsonBytes json, Reason reason) {
    json.open();
    writeMembers(json, reason);
    json.close();
  }

  private static void writeMembers(JsonBytes json, Reason reason) {
    json.name(RULE).string(reason.rule().toString());
    json.name(FACET).stringOrNull(reason.facetId().map(FacetId::toString));
    json.name(ATTRIBUTE).stringOrNull(reason.attribute());
    json.name(SOURCE).stringOrNull(reason.source());
    json.name(DESTINATION).stringOrNull(reason.destination());
    if (reason instanceof Reason.Unjudged unjudged) {
      json.name(STATE).string(unjudged.state().toString());
    }
    json.name(DETAIL).string(reason.detail());
    reason.pack().ifPresent(basis -> write(json, basis));
  }

  /** The members {@code pack}, {@code failure} and {@code source-document} of a rule of a pack. */
  static void write(JsonBytes json, PackBasis basis) {
    json.name(PACK).string(basis.pack());
    basis.failure().ifPresent(failure -> write(json, failure));
    write(json.name(SOURCE_DOCUMENT), basis.documents());
  }

  private static void write(JsonBytes json, Failure failure) {
    json.name(FAILURE).string(failure.toString());
    if (failure.inferred()) {
      json.name(FAILURE_INFERRED).bool(true);
    }
  }

  private static void write(JsonBytes json, DecidedBy pack) {
    json.name(DECIDED_BY).open().name(PACK).string(pack.pack());
    write(json.name(DOCUMENTS), pack.documents());
    json.close();
  }

  private static void write(JsonBytes json, List<String> documents) {
    json.openArray();
    documents.forEach(json::string);
    json.closeArray();
  }

  /** A rank, or {@code null}. */
  static void writeRank(JsonBytes json, Optional<Rank> rank) {
    if (rank.isEmpty()) {
      json.nothing();
      return;
    }
    Rank r = rank.get();
    json.open().name("minorDistance").number(r.minorDistance());
    json.name("bugfixLower").bool(r.bugfixLower());
    json.name("bugfixDistance").number(r.bugfixDistance());
    json.name("burdens").number(r.burdens()).close();
  }
}
