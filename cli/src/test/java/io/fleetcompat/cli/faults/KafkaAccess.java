package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.process.NewestByKey;
import io.fleetcompat.cli.verify.ForeignProducer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The doings of somebody who may write to all topics of a Kafka. Any thread. */
final class KafkaAccess {

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Map<String, Object> servers;

  KafkaAccess(String bootstrapServers) {
    this.servers = Map.of("bootstrap.servers", bootstrapServers);
  }

  /** All topics but those of Kafka itself. */
  List<String> topics() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(servers)) {
      return admin.listTopics().names().get().stream().sorted().toList();
    }
  }

  void delete(List<String> topics) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(servers)) {
      admin.deleteTopics(topics).all().get();
    }
  }

  /** The newest record of each key, tombstones among them. */
  Collection<ConsumerRecord<byte[], byte[]>> newest(String topic) {
    return NewestByKey.read(
        Map.of(
            "bootstrap.servers",
            String.valueOf(servers.get("bootstrap.servers")),
            "isolation.level",
            "read_committed"),
        topic,
        ANSWER);
  }

  /** Returns when all are there. */
  void send(List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException, ExecutionException {
    ForeignProducer.send(String.valueOf(servers.get("bootstrap.servers")), records);
  }
}
