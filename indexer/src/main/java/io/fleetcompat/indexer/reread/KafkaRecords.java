package io.fleetcompat.indexer.reread;

import io.fleetcompat.indexer.told.TopicDigests;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * The content of a topic as Kafka has it, read by a consumer and on a thread of their own for each
 * time. Threads: any.
 */
public final class KafkaRecords implements NewestRecords, TopicDigests {

  private static final Duration POLL = Duration.ofMillis(500);

  /** The longest that one reading may take; then it has failed, and is begun again. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final Map<String, Object> settings;

  /**
   * @param settings of the cluster and its security
   */
  public KafkaRecords(Map<String, Object> settings) {
    this.settings = new HashMap<>(settings);
    this.settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100);
    this.settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20);
  }

  @Override
  public CompletableFuture<Map<Bytes, ConsumerRecord<byte[], byte[]>>> read(
      TopicPartition partition, Set<Bytes> keys) {
    Set<Bytes> wanted = Set.copyOf(keys);
    Map<Bytes, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();
    return start(
        partition,
        _ -> newest,
        record -> {
          Bytes key = Bytes.wrap(record.key());
          if (wanted.contains(key)) {
            newest.put(key, record);
          }
        });
  }

  @Override
  public CompletableFuture<Held> digests(TopicPartition partition) {
    Map<Bytes, Long> digests = new HashMap<>();
    return start(
        partition,
        work -> new Held(digests, work),
        record -> {
          Bytes key = Bytes.wrap(record.key());
          if (record.value() == null) {
            digests.remove(key);
          } else {
            digests.put(key, TopicDigests.digest(record.value()));
          }
        });
  }

  /** Reads on a thread of its own; gives the result once all has been taken. */
  @SuppressWarnings("IllegalCatch") // whatever it is, whoever waits hears of it
  private <T> CompletableFuture<T> start(
      TopicPartition partition,
      Function<Duration, T> result,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    CompletableFuture<T> read = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("reread-" + partition)
        .daemon()
        .start(
            () -> {
              try {
                read.complete(result.apply(readAll(partition, taker, read)));
              } catch (RuntimeException | Error e) {
                read.completeExceptionally(e);
              }
            });
    return read;
  }

  /** Reads, and gives the time that it took, without that in which Kafka gave nothing. */
  private Duration readAll(
      TopicPartition partition,
      Consumer<ConsumerRecord<byte[], byte[]>> taker,
      CompletableFuture<?> wanted) {
    long end = System.nanoTime() + LONGEST.toNanos();
    long work = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long last = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < last && !wanted.isDone()) {
        long begin = System.nanoTime();
        if (begin > end) {
          throw new TimeoutException("reading " + partition + " took longer than " + LONGEST);
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
          if (record.key() != null) {
            taker.accept(record);
          }
        }
        work += records.isEmpty() ? 0 : System.nanoTime() - begin;
      }
    }
    return Duration.ofNanos(work);
  }
}
