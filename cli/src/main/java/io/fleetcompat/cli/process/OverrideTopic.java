package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.query.replica.OverrideRecords;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.OverrideRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic of overrides, read whole and written.
 *
 * @param properties of clients: who reads what is committed and is no member of a group
 * @param nanos the time, as {@link System#nanoTime()} gives it
 */
record OverrideTopic(
    Topic<String, OverrideRecord> topic, Map<String, Object> properties, LongSupplier nanos) {

  private static final Duration POLL = Duration.ofMillis(200);

  /** The longest time that what was written may take to be read. */
  private static final Duration READABLE_WITHIN = Duration.ofSeconds(30);

  /** All overrides that can be read, by id; a record that cannot be used is none. */
  SortedMap<String, RuleOverride> read() {
    TopicPartition all = new TopicPartition(topic.name(), 0);
    SortedMap<String, RuleOverride> newest = new TreeMap<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      if (consumer.partitionsFor(topic.name()).isEmpty()) {
        throw new UnknownTopicOrPartitionException(
            "there is no topic " + topic.name() + ": the indexer makes it, or 'topics --create'");
      }
      consumer.assign(List.of(all));
      consumer.seekToBeginning(List.of(all));
      long end = consumer.endOffsets(List.of(all)).getOrDefault(all, 0L);
      while (consumer.position(all) < end) {
        consumer.poll(POLL).forEach(record -> take(record, newest));
      }
    }
    return newest;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Map<String, RuleOverride> newest) {
    Optional<String> id = id(record);
    if (id.isEmpty()) {
      return;
    }
    try {
      Optional<OverrideRecord> value = topic.decode(id.get(), record.value());
      if (value.isPresent()) {
        newest.put(id.get(), OverrideRecords.override(id.get(), value.get()));
      } else {
        newest.remove(id.get());
      }
    } catch (BadRecordException e) {
      newest.remove(id.get());
    }
  }

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
    await(read -> overrides.stream().allMatch(each -> each.equals(read.get(each.id()))));
  }

  /** Takes these back, and waits until the topic has them no more. */
  void remove(List<String> ids) {
    send(ids.stream().map(id -> new ProducerRecord<>(topic.name(), topic.keys().encode(id), null)));
    await(read -> ids.stream().noneMatch(read::containsKey));
  }

  private void send(Stream<ProducerRecord<byte[], byte[]>> records) {
    Map<String, Object> writing = new HashMap<>(properties);
    writing.keySet().removeIf(name -> !writesWith(name));
    writing.put("acks", "all");
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = records.map(producer::send).toList();
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new KafkaException("not all overrides were written", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing", e);
    }
  }

  private static boolean writesWith(String name) {
    return ProducerConfig.configNames().contains(name)
        || !ConsumerConfig.configNames().contains(name);
  }

  /** A condition on what the topic has. */
  private interface Expected {
    boolean holds(Map<String, RuleOverride> read);
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
