package io.fleetcompat.cli.process;

import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The topics that hold hosts: what their collectors send, and what the indexer makes of it. */
final class HostTopics implements AutoCloseable {

  private final Topics topics;
  private final Map<String, Object> properties;
  private final TopicScan scan;

  /**
   * @param properties of clients: who reads what is committed and is no member of a group
   * @throws KafkaException if they cannot be made
   */
  HostTopics(Topics topics, Map<String, Object> properties) {
    this.topics = topics;
    this.properties = properties;
    this.scan = new TopicScan(properties);
  }

  /** True where there is a document of the host, or a placement. */
  boolean has(String host) {
    return has(topics.hostInventory(), host) || isPlaced(host);
  }

  /** True where the indexer has placed the host. */
  boolean isPlaced(String host) {
    return has(topics.placements(), host);
  }

  private boolean has(Topic<String, ?> topic, String host) {
    List<TopicPartition> all = scan.partitions(topic.name());
    TopicPartition partition =
        new TopicPartition(topic.name(), HostPartitioner.partition(host, all.size()));
    return scan.newest(partition).containsKey(ByteBuffer.wrap(RecordKeys.HOST.encode(host)));
  }

  /** Removes the hosts as their collector would: the document first, then the heartbeats. */
  void remove(List<String> hosts) {
    new TopicWriter(properties)
        .write(
            producer -> {
              int documents = producer.partitionsFor(topics.hostInventory().name()).size();
              int heartbeats = producer.partitionsFor(topics.hostCapacity().name()).size();
              return hosts.stream()
                  .flatMap(
                      host ->
                          Stream.of(
                              tombstone(topics.hostInventory(), host, documents),
                              tombstone(topics.hostCapacity(), host, heartbeats)));
            });
  }

  private static ProducerRecord<byte[], byte[]> tombstone(
      Topic<String, ?> topic, String host, int partitions) {
    return new ProducerRecord<>(
        topic.name(), HostPartitioner.partition(host, partitions), topic.keys().encode(host), null);
  }

  @Override
  public void close() {
    scan.close();
  }
}
