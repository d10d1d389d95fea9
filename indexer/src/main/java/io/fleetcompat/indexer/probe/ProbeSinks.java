package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.indexer.sink.TopicSink;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.RecordKeys;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The way of questions and of what drivers answered into their topics. One stream thread. */
final class ProbeSinks {

  private final ProcessorContext<byte[], byte[]> context;
  private final TopicSink<String> requests;
  private final TopicSink<ProbeKey> verdicts;
  private final AnswerChanges changes;

  ProbeSinks(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.requests = new TopicSink<>(context, ProbeNodes.REQUESTS, RecordKeys.HOST);
    this.verdicts = new TopicSink<>(context, ProbeNodes.VERDICTS, RecordKeys.PROBE);
    this.changes = new AnswerChanges(context);
  }

  void request(String host, byte[] request) {
    requests.send(host, request, now());
  }

  /**
   * Sends the answers of drivers.
   *
   * @param before as they were told; empty where there were none
   */
  void verdict(ProbePair pair, Optional<byte[]> before, byte[] verdict) {
    changes.answers(
        key(pair),
        before,
        before.map(ProbeStores::decode),
        Optional.of(ProbeStores.decode(verdict)));
    verdicts.send(key(pair), verdict, now());
  }

  /** Takes back the answers of drivers. */
  void forget(ProbePair pair, byte[] before) {
    changes.answers(
        key(pair), Optional.of(before), Optional.of(ProbeStores.decode(before)), Optional.empty());
    verdicts.send(key(pair), null, now());
  }

  private static ProbeKey key(ProbePair pair) {
    return new ProbeKey(pair.string().toString(), pair.destination().toString());
  }

  private long now() {
    return context.currentSystemTimeMs();
  }
}
