package io.fleetcompat.collector.publish;

import io.fleetcompat.schemas.HostPartitioner;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.common.Cluster;

/**
 * The partitioner of the producer: ours, which is the same for every client, and the one place
 * where a producer shows the ids of its topics. Public for Kafka, which makes it. Any thread.
 */
public final class HostPartitioning implements Partitioner {

  /** The name under which the producer's properties have the log of documents. */
  static final String DOCUMENT_LOG = "fleetcompat.document-log";

  private Optional<DocumentLog> log = Optional.empty();

  @Override
  public void configure(Map<String, ?> configs) {
    log = Optional.ofNullable((DocumentLog) configs.get(DOCUMENT_LOG));
  }

  @Override
  public int partition(
      String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
    log.ifPresent(documents -> documents.found(cluster.topicId(documents.topic())));
    return HostPartitioner.partition(keyBytes, cluster.partitionsForTopic(topic).size());
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
