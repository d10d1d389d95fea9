package io.fleetcompat.indexer.reread;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of which a task wants the newest record once more, since what it kept of them is lost.
 * They are read beside the task, and taken by it as if they came now. A key of which a record comes
 * meanwhile is wanted no more, so nothing older is taken after something newer. One stream thread.
 */
public final class WantedAgain implements AutoCloseable {

  /** Most keys of one reading: their records are held until they are taken. */
  static final int MOST = 200;

  /** The rest after a reading that failed, in milliseconds. */
  static final long REST = 5_000;

  private static final Logger LOG = LoggerFactory.getLogger(WantedAgain.class);

  private final NewestRecords reader;
  private final int partition;
  private final Map<String, Set<Bytes>> wanted = new LinkedHashMap<>();
  private Optional<Reading> reading = Optional.empty();
  private long notBefore = Long.MIN_VALUE;

  private record Reading(
      TopicPartition of,
      Set<Bytes> keys,
      CompletableFuture<Map<Bytes, ConsumerRecord<byte[], byte[]>>> found) {}

  /** The place of a record in Kafka. */
  private record Source(String topic, int partition, long offset) implements RecordMetadata {}

  /**
   * @param partition of the task, in each of its topics
   */
  public WantedAgain(NewestRecords reader, int partition) {
    this.reader = reader;
    this.partition = partition;
  }

  /** A taker of records, which are null-valued where the key has none any more. */
  public interface Taker {
    void take(Record<byte[], byte[]> record, RecordMetadata from);
  }

  /** The newest record of that key is wanted. */
  public void add(String topic, byte[] key) {
    wanted.computeIfAbsent(topic, added -> new LinkedHashSet<>()).add(Bytes.wrap(key));
  }

  /** A record came by itself; true where its key was wanted, which it is no more. */
  public boolean came(String topic, byte @Nullable [] key) {
    Set<Bytes> keys = wanted.get(topic);
    if (key == null || keys == null || !keys.remove(Bytes.wrap(key))) {
      return false;
    }
    if (keys.isEmpty()) {
      wanted.remove(topic);
    }
    // What is being read may be older than what came; it may be wanted once more before it is
    // there.
    reading
        .filter(running -> running.of().topic().equals(topic))
        .ifPresent(running -> running.keys().remove(Bytes.wrap(key)));
    return true;
  }

  /** True where nothing is wanted. */
  public boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** Hands over what was read, and reads on. */
  public void tick(long now, Taker taker) {
    if (reading.filter(running -> running.found().isDone()).isPresent()) {
      Reading done = reading.get();
      reading = Optional.empty();
      take(done, now, taker);
    }
    if (reading.isEmpty() && !wanted.isEmpty() && now >= notBefore) {
      begin();
    }
  }

  private void begin() {
    Map.Entry<String, Set<Bytes>> first = wanted.entrySet().iterator().next();
    Set<Bytes> keys = new LinkedHashSet<>();
    for (Bytes key : new ArrayDeque<>(first.getValue())) {
      if (keys.size() < MOST) {
        keys.add(key);
      }
    }
    TopicPartition of = new TopicPartition(first.getKey(), partition);
    LOG.info("{} keys of {} are read again, since what was kept of them is lost", keys.size(), of);
    reading = Optional.of(new Reading(of, keys, reader.read(of, Set.copyOf(keys))));
  }

  private void take(Reading done, long now, Taker taker) {
    if (done.found().isCompletedExceptionally()) {
      notBefore = now + REST;
      LOG.warn(
          "{} could not be read again; next try in {} ms: {}",
          done.of(),
          REST,
          done.found().exceptionNow().toString());
      return;
    }
    Map<Bytes, ConsumerRecord<byte[], byte[]>> found = new HashMap<>(done.found().resultNow());
    for (Bytes key : done.keys()) {
      if (wanted.getOrDefault(done.of().topic(), Set.of()).contains(key)) {
        take(done.of(), key, Optional.ofNullable(found.get(key)), now, taker);
        came(done.of().topic(), key.get());
      }
    }
  }

  private static void take(
      TopicPartition of,
      Bytes key,
      Optional<ConsumerRecord<byte[], byte[]>> found,
      long now,
      Taker taker) {
    Record<byte[], byte[]> record =
        new Record<>(
            key.get(),
            found.map(ConsumerRecord::value).orElse(null),
            Math.max(0, found.map(ConsumerRecord::timestamp).orElse(now)),
            found.map(known -> new RecordHeaders(known.headers())).orElseGet(RecordHeaders::new));
    long offset = found.map(ConsumerRecord::offset).orElse(-1L);
    taker.take(record, new Source(of.topic(), of.partition(), offset));
  }

  /** Ends a reading. */
  @Override
  public void close() {
    reading.ifPresent(running -> running.found().cancel(false));
    reading = Optional.empty();
  }
}
