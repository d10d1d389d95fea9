package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.process.NewestByKey;
import io.fleetcompat.cli.verify.ForeignProducer;
import io.fleetcompat.cli.verify.Nuisance;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records that somebody else writes to the topics of a stage. */
final class ForeignRecords {

  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int NEW_KEYS = 5;
  private static final int TAKEN_KEYS = 3;
  private static final int MOST_BYTES = 200;

  private final String servers;
  private final Topics topics;
  private final Random random;

  ForeignRecords(String servers, Topics topics, Random random) {
    this.servers = servers;
    this.topics = topics;
    this.random = random;
  }

  /** Values that nobody can read, on every topic, under new keys and under some of those there. */
  void garbage() throws InterruptedException, ExecutionException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    topics.all().forEach(topic -> records.addAll(garbage(topic)));
    ForeignProducer.send(servers, records);
  }

  private List<ProducerRecord<byte[], byte[]>> garbage(Topic<?, ?> topic) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < NEW_KEYS; i++) {
      byte[] key = ("nobody-" + i).getBytes(StandardCharsets.UTF_8);
      records.add(new ProducerRecord<>(topic.name(), 0, key, bytes()));
    }
    NewestByKey.read(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            topic.name(),
            ANSWER)
        .stream()
        .limit(TAKEN_KEYS)
        .forEach(taken -> records.add(over(taken)));
    return records;
  }

  private ProducerRecord<byte[], byte[]> over(ConsumerRecord<byte[], byte[]> taken) {
    return new ProducerRecord<>(taken.topic(), taken.partition(), taken.key(), bytes());
  }

  private byte[] bytes() {
    byte[] garbage = new byte[1 + random.nextInt(MOST_BYTES)];
    random.nextBytes(garbage);
    return garbage;
  }

  /** All documents of these hosts that Kafka has, once more, the newest first. */
  void replay(List<String> hosts) throws InterruptedException, ExecutionException {
    new Nuisance(servers, topics, random).repeatNewestFirst(hosts);
  }
}
