package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The records of an upgrade sent through Kafka again, into copies of their topics, by clients that
 * do nothing with them: a consumer of what the indexer reads, whose producer writes what the
 * indexer wrote, in transactions of the same interval and with the same settings; and a consumer
 * for each that a replica has. It costs what Kafka alone costs.
 */
final class KafkaAlone implements AutoCloseable {

  /** The topics that replicas follow for the index. */
  private static final List<String> INDEX =
      List.of(
          Stack.TOPICS.placements().name(),
          Stack.TOPICS.profiles().name(),
          Stack.TOPICS.matrix().name(),
          Stack.TOPICS.poolHealth().name());

  /** The topics of its own that the indexer reads. */
  private static final List<String> READ_BACK =
      List.of(
          Stack.TOPICS.census().name(),
          Stack.TOPICS.profiles().name(),
          Stack.TOPICS.matrix().name(),
          Stack.TOPICS.poolMembers().name(),
          Stack.TOPICS.poolHealth().name());

  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(50);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration READER_POLL = Duration.ofMillis(100);

  private final Stack stack;
  private final Topics copies;
  private final String documents;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /**
   * @param copies the catalogue of the copied topics, which are there
   */
  KafkaAlone(Stack stack, Topics copies) {
    this.stack = stack;
    this.copies = copies;
    this.documents = copies.hostInventory().name();
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "transactional.id", "kafka-alone",
                "compression.type", "lz4",
                "linger.ms", "5",
                "max.request.size", String.valueOf(Limits.RECORD_BYTES)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Makes copies of topics that the catalogue does not have: the indexer's changelogs. */
  void copyTopics(List<String> topics) throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      Map<String, TopicDescription> found = admin.describeTopics(topics).allTopicNames().get();
      List<NewTopic> wanted = new ArrayList<>();
      found.forEach(
          (name, topic) ->
              wanted.add(
                  new NewTopic(copy(name), topic.partitions().size(), (short) 1)
                      .configs(
                          Map.of(
                              "cleanup.policy",
                              "compact",
                              "max.message.bytes",
                              String.valueOf(Limits.RECORD_BYTES)))));
      admin.createTopics(wanted).all().get();
    } catch (ExecutionException e) {
      throw new IOException("expected copies of topics", e);
    }
  }

  String copy(String topic) {
    return copies.prefix() + topic;
  }

  /**
   * Sends documents, writes these records as they come, and reads all.
   *
   * @param sender sends so many documents to their copied topic
   * @param outputs what the indexer wrote, in its order
   */
  void run(Runnable sender, int documentCount, List<ConsumerRecord<byte[], byte[]>> outputs)
      throws IOException, InterruptedException {
    Map<String, Integer> written = new HashMap<>();
    outputs.forEach(record -> written.merge(record.topic(), 1, Integer::sum));
    List<String> inputs = new ArrayList<>(copies(READ_BACK, written));
    inputs.add(documents);
    String changes = Stack.TOPICS.changes().name();
    List<KafkaConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    try {
      List<Future<?>> all = new ArrayList<>();
      KafkaConsumer<byte[], byte[]> indexer = atEnd(consumers, inputs);
      for (List<String> reader : List.of(INDEX, List.of(changes), List.of(changes))) {
        int expected = reader.stream().mapToInt(topic -> written.getOrDefault(topic, 0)).sum();
        if (expected > 0) {
          KafkaConsumer<byte[], byte[]> consumer = atEnd(consumers, copies(reader, written));
          all.add(threads.submit(() -> read(consumer, expected)));
        }
      }
      int readBack = READ_BACK.stream().mapToInt(topic -> written.getOrDefault(topic, 0)).sum();
      all.add(
          threads.submit(
              () -> {
                forward(indexer, documentCount, outputs);
                read(indexer, readBack - readMeanwhile);
              }));
      all.add(threads.submit(sender));
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("expected Kafka to take all", e);
    } finally {
      consumers.forEach(KafkaConsumer::close);
    }
  }

  private List<String> copies(List<String> topics, Map<String, Integer> written) {
    return topics.stream().filter(written::containsKey).map(this::copy).toList();
  }

  private KafkaConsumer<byte[], byte[]> atEnd(
      List<KafkaConsumer<byte[], byte[]>> consumers, List<String> topics) {
    KafkaConsumer<byte[], byte[]> consumer = PlainConsume.consumer(stack);
    consumers.add(consumer);
    List<TopicPartition> partitions = PlainConsume.partitions(consumer, topics);
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static void read(KafkaConsumer<byte[], byte[]> consumer, int expected) {
    for (int seen = 0; seen < expected; ) {
      seen += consumer.poll(READER_POLL).count();
    }
  }

  private int readMeanwhile; // of the forwarding thread

  /** Each document that comes is followed by its share of the outputs. */
  @SuppressWarnings("FutureReturnValueIgnored") // the transaction's commit reports failures
  private void forward(
      KafkaConsumer<byte[], byte[]> consumer,
      int documentCount,
      List<ConsumerRecord<byte[], byte[]>> outputs) {
    int documentsSeen = 0;
    readMeanwhile = 0;
    int sent = 0;
    long committed = System.nanoTime();
    producer.beginTransaction();
    while (documentsSeen < documentCount || sent < outputs.size()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.topic().equals(documents)) {
          documentsSeen++;
        } else {
          readMeanwhile++;
        }
      }
      long due = (long) outputs.size() * documentsSeen / documentCount;
      for (; sent < due; sent++) {
        ConsumerRecord<byte[], byte[]> output = outputs.get(sent);
        producer.send(
            new ProducerRecord<>(
                copy(output.topic()), output.partition(), output.key(), output.value()));
      }
      if (System.nanoTime() - committed >= COMMIT_INTERVAL.toNanos()) {
        commit(consumer);
        producer.beginTransaction();
        committed = System.nanoTime();
      }
    }
    commit(consumer);
  }

  private void commit(KafkaConsumer<byte[], byte[]> consumer) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      offsets.put(partition, new OffsetAndMetadata(consumer.position(partition)));
    }
    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
    producer.commitTransaction();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    producer.close();
  }
}
