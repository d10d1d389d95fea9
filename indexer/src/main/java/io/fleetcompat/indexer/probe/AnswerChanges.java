package io.fleetcompat.indexer.probe;

import io.fleetcompat.indexer.change.ChangeSink;
import io.fleetcompat.indexer.change.NewChange;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.InconclusiveProbe;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The changes of drivers' answers on their way into the topic of changes. One stream thread. */
final class AnswerChanges {

  private final ProcessorContext<byte[], byte[]> context;
  private final ChangeSink sink;

  AnswerChanges(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.sink = new ChangeSink(context, ProbeNodes.CHANGES);
  }

  /**
   * A record of answers becomes another, or is forgotten.
   *
   * @param before as it was, encoded
   */
  void answers(
      ProbeKey pair, Optional<byte[]> before, Optional<ProbedPair> from, Optional<ProbedPair> to) {
    ChangeCause cause = to.isPresent() ? ChangeCause.DRIVER_ANSWERED : ChangeCause.ANSWER_FORGOTTEN;
    sink.send(
        ChangeKey.Kind.PROBE,
        pair.toString(),
        NewChange.of(cause)
            .value("answer", from.map(AnswerChanges::words), to.map(AnswerChanges::words)),
        before,
        context.currentSystemTimeMs());
  }

  /** Such as {@code compatible (a), refused EINVAL (b), none (c): EBUSY}. */
  private static String words(ProbedPair pair) {
    List<String> words = new ArrayList<>();
    for (ProbedAnswer answer : pair.getAnswers()) {
      String said = answer.getErrno() == 0 ? "compatible" : "refused " + answer.getName();
      words.add(said + " (" + answer.getHost() + ")");
    }
    InconclusiveProbe inVain = pair.getInconclusive();
    if (inVain != null) {
      String why = inVain.getName().isEmpty() ? inVain.getDetail() : inVain.getName();
      words.add("none (" + inVain.getHost() + "): " + why);
    }
    return String.join(", ", words);
  }
}
