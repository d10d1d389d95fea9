package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.indexer.sink.TopicSink;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.RecordKeys;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** The way of questions and of what drivers answered into their topics. One stream thread. */
final class ProbeSinks {

  private final ProcessorContext<byte[], byte[]> context;
  private final TopicSink<String> requests;
  private final TopicSink<ProbeKey> verdicts;

  ProbeSinks(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.requests = new TopicSink<>(context, ProbeNodes.REQUESTS, RecordKeys.HOST);
    this.verdicts = new TopicSink<>(context, ProbeNodes.VERDICTS, RecordKeys.PROBE);
  }

  void request(String host, byte[] request) {
    requests.send(host, request, now());
  }

  /** Sends the answers of drivers; null for a tombstone. */
  void verdict(ProbePair pair, byte @Nullable [] verdict) {
    verdicts.send(
        new ProbeKey(pair.string().toString(), pair.destination().toString()), verdict, now());
  }

  private long now() {
    return context.currentSystemTimeMs();
  }
}
