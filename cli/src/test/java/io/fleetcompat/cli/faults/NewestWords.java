package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.process.NewestByKey;
import io.fleetcompat.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest record of each key of topics, in words: for whoever looks into a failure. */
final class NewestWords {

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private NewestWords() {}

  static String of(String servers, List<? extends Topic<?, ?>> topics) {
    return String.join(
        "\n", topics.stream().flatMap(topic -> of(servers, topic.name())).sorted().toList());
  }

  private static Stream<String> of(String servers, String topic) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers, "isolation.level", "read_committed");
    return NewestByKey.read(properties, topic, ANSWER).stream().map(NewestWords::of);
  }

  private static String of(ConsumerRecord<byte[], byte[]> record) {
    return "%s %s-%d@%d, %s: %s"
        .formatted(
            new String(record.key(), StandardCharsets.UTF_8),
            record.topic(),
            record.partition(),
            record.offset(),
            Instant.ofEpochMilli(record.timestamp()),
            record.value() == null ? "tombstone" : record.value().length + " bytes");
  }
}
