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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
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
      Optional<ProbedPair> before,
      String text,
      ProbeSide asked,
      ProbeResult result,
      int generation) {
    List<ProbedAnswer> answers = answers(before);
    List<Integer> generations = new ArrayList<>(generations(before));
    generations.add(generation);
    answers.add(
        new ProbedAnswer(
            result.getHost(),
            result.getEndpoint(),
            result.getAt(),
            result.getErrno(),
            result.getName()));
    return new ProbedPair(text, asked.canonical(), answers, null, marked(generations));
  }

  /** The earlier answer of drivers, and a host that was asked in vain since. */
  static ProbedPair inconclusive(
      Optional<ProbedPair> before, String text, ProbeSide asked, InconclusiveProbe probe) {
    return new ProbedPair(
        text, asked.canonical(), answers(before), probe, marked(generations(before)));
  }

  /**
   * The answers without those that are not trusted any more.
   *
   * @param trusted tells whether the answer of a host with a mark of a generation counts
   */
  static ProbedPair trusted(ProbedPair before, BiPredicate<String, Integer> trusted) {
    List<Integer> marked = generations(Optional.of(before));
    List<ProbedAnswer> answers = new ArrayList<>();
    List<Integer> generations = new ArrayList<>();
    for (int i = 0; i < before.getAnswers().size(); i++) {
      ProbedAnswer answer = before.getAnswers().get(i);
      if (trusted.test(answer.getHost(), marked.get(i))) {
        answers.add(answer);
        generations.add(marked.get(i));
      }
    }
    return new ProbedPair(
        before.getSource(),
        before.getDestination(),
        answers,
        before.getInconclusive(),
        marked(generations));
  }

  /** The generations with which answers are marked, one for each; 0 where nobody asked. */
  static List<Integer> generations(Optional<ProbedPair> pair) {
    List<Integer> marked = pair.map(ProbedPair::getGenerations).orElse(List.of());
    int answers = pair.map(each -> each.getAnswers().size()).orElse(0);
    return marked.isEmpty() ? Collections.nCopies(answers, 0) : marked;
  }

  private static List<Integer> marked(List<Integer> generations) {
    return generations.stream().allMatch(each -> each == 0) ? List.of() : generations;
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
