package io.fleetcompat.indexer.change;

import io.fleetcompat.indexer.sink.TopicSink;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The way of a processor's changes into their topic. One stream thread. */
public final class ChangeSink {

  private final TopicSink<ChangeKey> topic;

  /**
   * Made for one processor.
   *
   * @param node the sink's name within the topology
   */
  public ChangeSink(ProcessorContext<byte[], byte[]> context, String node) {
    this.topic = new TopicSink<>(context, node, RecordKeys.CHANGE);
  }

  /**
   * Sends a change.
   *
   * @param name of the subject in its own topic
   * @param before the value that it had there
   */
  public void send(
      ChangeKey.Kind kind, String name, NewChange change, Optional<byte[]> before, long timestamp) {
    topic.send(new ChangeKey(kind, name), Codecs.CHANGE.encode(change.record(before)), timestamp);
  }
}
