package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.records.OverrideRecords;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.OverrideRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The topic of overrides, read whole and written.
 *
 * @param properties of clients: who reads what is committed and is no member of a group
 * @param answer the longest time that Kafka may take to answer at all
 * @param nanos the time, as {@link System#nanoTime()} gives it
 */
record OverrideTopic(
    Topic<String, OverrideRecord> topic,
    Map<String, Object> properties,
    Duration answer,
    LongSupplier nanos) {

  /** The longest time that what was written may take to be read. */
  private static final Duration READABLE_WITHIN = Duration.ofSeconds(30);

  /**
   * All that the topic has.
   *
   * @param overrides that can be read, by id
   * @param unreadable ids under which the newest record cannot be used: it counts for nothing, and
   *     can be removed
   */
  record Contents(SortedMap<String, RuleOverride> overrides, SortedSet<String> unreadable) {

    boolean has(String id) {
      return overrides.containsKey(id) || unreadable.contains(id);
    }
  }

  Contents read() {
    Contents contents = new Contents(new TreeMap<>(), new TreeSet<>());
    NewestByKey.read(properties, topic.name(), answer)
        .forEach(record -> id(record).ifPresent(id -> take(id, record, contents)));
    return contents;
  }

  private void take(String id, ConsumerRecord<byte[], byte[]> record, Contents contents) {
    try {
      Optional<OverrideRecord> value = topic.decode(id, record.value());
      if (value.isPresent()) {
        contents.overrides.put(id, OverrideRecords.override(id, value.get()));
      }
    } catch (BadRecordException e) {
      contents.unreadable.add(id);
    }
  }

  /** Nothing can be said of a key that is no id. */
  private Optional<String> id(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.of(topic.keys().decode(record.key()));
    } catch (BadRecordException e) {
      return Optional.empty();
    }
  }

  /** Writes these, and waits until the topic has them. */
  void add(List<RuleOverride> overrides) {
    send(
        overrides.stream()
            .map(
                each ->
                    new ProducerRecord<>(
                        topic.name(),
                        topic.keys().encode(each.id()),
                        Codecs.OVERRIDE.encode(OverrideRecords.record(each)))));
    await(read -> overrides.stream().allMatch(each -> each.equals(read.overrides.get(each.id()))));
  }

  /** Takes these back, and waits until the topic has them no more. */
  void remove(List<String> ids) {
    send(ids.stream().map(id -> new ProducerRecord<>(topic.name(), topic.keys().encode(id), null)));
    await(read -> ids.stream().noneMatch(read::has));
  }

  private void send(Stream<ProducerRecord<byte[], byte[]>> records) {
    new TopicWriter(properties).write(_ -> records);
  }

  /** A condition on what the topic has. */
  private interface Expected {
    boolean holds(Contents read);
  }

  private void await(Expected expected) {
    long begin = nanos.getAsLong();
    while (!expected.holds(read())) {
      if (nanos.getAsLong() - begin > READABLE_WITHIN.toNanos()) {
        throw CommandFailure.failed(
            "expected to read from %s within %d s what was written, found something else: does"
                    .formatted(topic.name(), READABLE_WITHIN.toSeconds())
                + " somebody else write the same override?");
      }
    }
  }
}
