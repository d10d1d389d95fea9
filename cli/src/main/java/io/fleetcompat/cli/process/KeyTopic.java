package io.fleetcompat.cli.process;

import io.fleetcompat.keys.Generations;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.RegisteredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topic of hosts' keys, read whole and written.
 *
 * @param properties of clients: who reads what is committed and is no member of a group
 * @param answer the longest time that Kafka may take to answer at all
 */
public record KeyTopic(
    Topic<String, RegisteredKey> topic, Map<String, Object> properties, Duration answer) {

  /** The longest time that Kafka may take to answer, where nobody says. */
  private static final Duration ANSWER = Duration.ofSeconds(30);

  /**
   * The topic of a catalogue.
   *
   * @param kafka settings of clients, Kafka's address among them
   */
  public static KeyTopic of(Topics topics, Map<String, String> kafka) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("allow.auto.create.topics", "false");
    return new KeyTopic(topics.keys(), properties, ANSWER);
  }

  /** The registered keys by host; empty where nobody can read what is registered. */
  public SortedMap<String, Optional<RegisteredKey>> read() {
    SortedMap<String, Optional<RegisteredKey>> found = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        NewestByKey.read(properties, topic.name(), answer)) {
      try {
        take(topic.keys().decode(record.key()), record.value(), found);
      } catch (BadRecordException e) {
        // Nothing can be said of a key that is no host.
      }
    }
    return found;
  }

  private void take(String host, byte[] value, SortedMap<String, Optional<RegisteredKey>> found) {
    try {
      Optional<RegisteredKey> key = topic.decode(host, value);
      if (key.isPresent()) {
        found.put(host, key);
      }
    } catch (BadRecordException e) {
      found.put(host, Optional.empty());
    }
  }

  /** Writes the generations of hosts' keys that count from now on. */
  public void write(SortedMap<String, Generations> keys, Instant at, String reason) {
    new TopicWriter(properties)
        .write(
            producer -> {
              int partitions = producer.partitionsFor(topic.name()).size();
              return keys.entrySet().stream()
                  .map(
                      key ->
                          new ProducerRecord<>(
                              topic.name(),
                              HostPartitioner.partition(key.getKey(), partitions),
                              topic.keys().encode(key.getKey()),
                              Codecs.REGISTERED_KEY.encode(key.getValue().record(at, reason))));
            });
  }
}
