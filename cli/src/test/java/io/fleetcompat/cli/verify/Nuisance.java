package io.fleetcompat.cli.verify;

import io.fleetcompat.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Puts into the topic of host documents what does not belong there. */
public final class Nuisance {

  private static final int POISONS = 5;

  private final String bootstrapServers;
  private final String topic;
  private final int partitions;
  private final Random random;

  public Nuisance(String bootstrapServers, Topics topics, Random random) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topics.hostInventory().name();
    this.partitions = topics.hostPartitions();
    this.random = random;
  }

  /** Records that no codec can read. */
  void poison() throws InterruptedException, ExecutionException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < POISONS; i++) {
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      byte[] key = ("poison-" + i).getBytes(StandardCharsets.UTF_8);
      records.add(new ProducerRecord<>(topic, random.nextInt(partitions), key, garbage));
    }
    send(records);
  }

  /** All documents of those hosts that the topic still has, twice and in any order. */
  void repeatOldDocuments(List<String> hosts) throws InterruptedException, ExecutionException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> old : documents()) {
      if (isOf(hosts, old)) {
        records.add(new ProducerRecord<>(topic, old.partition(), old.key(), old.value()));
        records.add(new ProducerRecord<>(topic, old.partition(), old.key(), old.value()));
      }
    }
    Collections.shuffle(records, random);
    send(records);
  }

  /** All documents of those hosts that the topic still has, once more, the newest first. */
  public void repeatNewestFirst(List<String> hosts)
      throws InterruptedException, ExecutionException {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> old : documents()) {
      if (isOf(hosts, old)) {
        records.add(new ProducerRecord<>(topic, old.partition(), old.key(), old.value()));
      }
    }
    send(records.reversed());
  }

  private static boolean isOf(List<String> hosts, ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null
        && record.value() != null
        && hosts.contains(new String(record.key(), StandardCharsets.UTF_8));
  }

  private List<ConsumerRecord<byte[], byte[]>> documents() {
    List<ConsumerRecord<byte[], byte[]>> documents = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all = new ArrayList<>();
      for (int i = 0; i < partitions; i++) {
        all.add(new TopicPartition(topic, i));
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(documents::add);
      }
    }
    return documents;
  }

  private void send(List<ProducerRecord<byte[], byte[]>> records)
      throws InterruptedException, ExecutionException {
    ForeignProducer.send(bootstrapServers, records);
  }
}
