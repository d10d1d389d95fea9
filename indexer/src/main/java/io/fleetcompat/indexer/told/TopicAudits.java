package io.fleetcompat.indexer.told;

import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The comparisons of one task: of each topic that it tells, in the partition of the task. */
public final class TopicAudits implements AutoCloseable {

  private final Comparing comparing;
  private final ProcessorContext<byte[], byte[]> context;
  private final IndexerMetrics metrics;
  private final List<Audited> audits = new ArrayList<>();

  private record Audited(String topic, TopicAudit audit) {}

  public TopicAudits(
      Comparing comparing, ProcessorContext<byte[], byte[]> context, IndexerMetrics metrics) {
    this.comparing = comparing;
    this.context = context;
    this.metrics = metrics;
  }

  /**
   * Adds a topic.
   *
   * @param node the name of its sink within the topology
   * @param sent the keys that are sent to it
   */
  public TopicAudits add(Topic<?, ?> topic, String node, ToldRecords told, SentKeys sent) {
    TopicAudit audit =
        new TopicAudit(
            comparing,
            new TopicPartition(topic.name(), context.taskId().partition()),
            told,
            sent,
            (key, value) ->
                context.forward(new Record<>(key, value, context.currentSystemTimeMs()), node),
            context.currentSystemTimeMs());
    audits.add(new Audited(topic.name(), audit));
    // A counter that is not there before its first fault hides that fault from rate().
    metrics.toldAgain(topic.name(), 0);
    return this;
  }

  /** Goes on with all of them. */
  public void tick(long now) {
    for (Audited each : audits) {
      int mended = each.audit().tick(now);
      if (mended > 0) {
        metrics.toldAgain(each.topic(), mended);
      }
    }
  }

  @Override
  public void close() {
    audits.forEach(each -> each.audit().close());
  }
}
