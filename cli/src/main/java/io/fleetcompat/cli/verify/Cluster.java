package io.fleetcompat.cli.verify;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.process.NewestByKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Secrets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * A cluster with the topics of a fleet.
 *
 * @param kafka settings of the client, passed through
 */
record Cluster(String bootstrapServers, Map<String, String> kafka, Topics topics) {

  /** The longest time that Kafka may take to answer at all. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /** The newest record of each key. */
  Collection<ConsumerRecord<byte[], byte[]>> newest(Topic<?, ?> topic) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.putIfAbsent("default.api.timeout.ms", String.valueOf(ANSWER.toMillis()));
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("allow.auto.create.topics", "false");
    try {
      return NewestByKey.read(settings, topic.name(), ANSWER);
    } catch (KafkaException e) {
      throw unreadable(topic, Secrets.removedFrom(CommandFailure.why(e), kafka));
    }
  }

  /** The failure that a record cannot be used. */
  CommandFailure unreadable(Topic<?, ?> topic, BadRecordException e) {
    return unreadable(topic, String.valueOf(e.getMessage()));
  }

  private CommandFailure unreadable(Topic<?, ?> topic, String why) {
    return CommandFailure.failed(
        "expected to read %s from Kafka at %s, found: %s"
            .formatted(topic.name(), bootstrapServers, why));
  }
}
