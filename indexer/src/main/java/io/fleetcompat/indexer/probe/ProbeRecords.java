package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.profile.ProbeSide;
import io.fleetcompat.indexer.report.IndexerMetrics.QuestionState;
import io.fleetcompat.schemas.avro.InconclusiveProbe;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of questions and of what drivers answered, and their meaning. Pure. */
final class ProbeRecords {

  private ProbeRecords() {}

  static ProbeRequest request(Question question) {
    ProbeSide destination = question.destination();
    return new ProbeRequest(
        question.host(),
        question.number(),
        question.pair().toString(),
        question.endpoint(),
        question.text(),
        destination.text(),
        destination.mdevType().orElse(null),
        value(destination.version().driver()),
        value(destination.version().device()),
        Instant.ofEpochMilli(question.expiresAt()));
  }

  private static @Nullable String value(Parsed<String> parsed) {
    return parsed instanceof Parsed.Value<String>(String value) ? value : null;
  }

  /** The question that a host was sent. */
  static AskedPair.Open open(ProbeRequest request) {
    return new AskedPair.Open(
        request.getHost(), request.getNumber(), request.getExpiresAt().toEpochMilli());
  }

  /** The answers of drivers before, with one more. */
  static ProbedPair answered(
      Optional<ProbedPair> before, String text, ProbeSide asked, ProbeResult result) {
    List<ProbedAnswer> answers = answers(before);
    answers.add(
        new ProbedAnswer(
            result.getHost(),
            result.getEndpoint(),
            result.getAt(),
            result.getErrno(),
            result.getName()));
    return new ProbedPair(text, asked.canonical(), answers, null);
  }

  /** What drivers answered before, and a host that was asked in vain since. */
  static ProbedPair inconclusive(
      Optional<ProbedPair> before, String text, ProbeSide asked, InconclusiveProbe probe) {
    return new ProbedPair(text, asked.canonical(), answers(before), probe);
  }

  private static List<ProbedAnswer> answers(Optional<ProbedPair> before) {
    return new ArrayList<>(before.map(ProbedPair::getAnswers).orElse(List.of()));
  }

  /** A host that told neither yes nor no. */
  static InconclusiveProbe inconclusive(ProbeResult result) {
    return new InconclusiveProbe(
        result.getHost(),
        result.getEndpoint(),
        result.getAt(),
        result.getErrno(),
        result.getName(),
        result.getDetail());
  }

  /** A host that told nothing in time. */
  static InconclusiveProbe inconclusive(ProbeRequest expired, ProbeLimits limits) {
    return new InconclusiveProbe(
        expired.getHost(),
        expired.getEndpoint(),
        expired.getExpiresAt().minus(limits.timeLimit()),
        0,
        "",
        "no answer came within " + limits.timeLimit().plus(limits.patience()).toMillis() + " ms");
  }

  static QuestionState state(ProbeOutcomeKind outcome) {
    return switch (outcome) {
      case ACCEPTED -> QuestionState.ACCEPTED;
      case REFUSED -> QuestionState.REFUSED;
      case INCONCLUSIVE -> QuestionState.INCONCLUSIVE;
    };
  }
}
