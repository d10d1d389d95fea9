package io.fleetcompat.oracle.simulated;

import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's log as its readers know it: partitions, offsets, transactions that end in a marker or are
 * aborted, readers of what is committed, compaction. One thread.
 */
final class FakeLog {

  private final Map<String, List<Partition>> topics = new TreeMap<>();
  private long digest;

  FakeLog(Topics catalogue) {
    for (Topic<?, ?> topic : catalogue.all()) {
      List<Partition> partitions = new ArrayList<>();
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new Partition(new TopicPartition(topic.name(), i)));
      }
      topics.put(topic.name(), partitions);
    }
  }

  List<Partition> partitions(String topic) {
    List<Partition> found = topics.get(topic);
    if (found == null) {
      throw new AssertionError("no topic " + topic);
    }
    return found;
  }

  /** Appends a record to the partition of its key, outside of any transaction. */
  void append(String topic, byte[] key, byte @Nullable [] value, long timestamp) {
    long _ = append(topic, key, value, timestamp, Origin.PLAIN);
  }

  /** Appends one of a known origin; gives its offset. */
  long append(String topic, byte[] key, byte @Nullable [] value, long timestamp, Origin origin) {
    Partition partition = partitionOf(topic, key);
    partition.append(key, value, timestamp, null, origin);
    return partition.end() - 1;
  }

  /** The partition of a key of hosts. */
  Partition partitionOf(String topic, byte[] key) {
    List<Partition> of = partitions(topic);
    return of.get(HostPartitioner.partition(key, of.size()));
  }

  /** A digest of all that was ever written, in its order. */
  String digest() {
    return Long.toHexString(digest);
  }

  Partition partition(TopicPartition partition) {
    return partitions(partition.topic()).get(partition.partition());
  }

  /** A transaction of one task. */
  static final class Transaction {
    private final Set<Partition> written = new HashSet<>();
    private boolean committed;
    private boolean ended;

    boolean hasEnded() {
      return ended;
    }

    void commit() {
      committed = true;
      end();
    }

    /** Aborts it, where it has not ended. */
    void abort() {
      if (!ended) {
        end();
      }
    }

    private void end() {
      ended = true;
      for (Partition partition : written) {
        partition.open.remove(this);
        partition.end++; // the marker
        if (!committed) {
          partition.entries.removeIf(entry -> entry.transaction == this);
        }
      }
      written.clear();
    }
  }

  /**
   * A record.
   *
   * @param timestamp in milliseconds since 1970
   * @param transaction null where it was written without
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Entry(
      long offset,
      byte @Nullable [] key,
      byte @Nullable [] value,
      long timestamp,
      @Nullable Transaction transaction,
      Origin origin) {}

  /** One partition. */
  final class Partition {
    private final TopicPartition name;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Transaction, Long> open = new LinkedHashMap<>();
    private long end;

    private Partition(TopicPartition name) {
      this.name = name;
    }

    TopicPartition name() {
      return name;
    }

    /**
     * Appends a record; one of a transaction that has ended is refused, as of one that is fenced.
     */
    void append(
        byte @Nullable [] key,
        byte @Nullable [] value,
        long timestamp,
        @Nullable Transaction transaction) {
      append(key, value, timestamp, transaction, Origin.PLAIN);
    }

    private void append(
        byte @Nullable [] key,
        byte @Nullable [] value,
        long timestamp,
        @Nullable Transaction transaction,
        Origin origin) {
      if (transaction != null) {
        if (transaction.ended) {
          return;
        }
        transaction.written.add(this);
        open.putIfAbsent(transaction, end);
      }
      digest = 31 * digest + Arrays.hashCode(key);
      digest = 31 * digest + Arrays.hashCode(value);
      digest = 31 * digest + timestamp;
      for (Header header : origin.headers()) {
        digest = 31 * digest + Arrays.hashCode(header.value());
      }
      entries.add(new Entry(end++, key, value, timestamp, transaction, origin));
    }

    /** The offset up to which a reader of what is committed may read. */
    long stable() {
      return open.isEmpty() ? end : open.values().iterator().next();
    }

    /** The offset after all that was written. */
    long end() {
      return end;
    }

    /** The first record from an offset on that may be read; null where there is none. */
    @Nullable Entry next(long from) {
      long limit = stable();
      int low = 0;
      int high = entries.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (entries.get(middle).offset < from) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low < entries.size() && entries.get(low).offset < limit ? entries.get(low) : null;
    }

    /** Everything that is committed, in order. */
    List<Entry> committed() {
      long limit = stable();
      return entries.stream().filter(entry -> entry.offset < limit).toList();
    }

    /** The newest committed value of each key. */
    Map<Bytes, Entry> newest() {
      Map<Bytes, Entry> newest = new TreeMap<>();
      for (Entry entry : committed()) {
        if (entry.key != null) {
          newest.put(Bytes.wrap(entry.key), entry);
        }
      }
      return newest;
    }

    /** Removes what a newer record of the same key supersedes. */
    void compact() {
      long limit = stable();
      Set<Long> newest = new HashSet<>();
      newest().values().forEach(entry -> newest.add(entry.offset));
      entries.removeIf(
          entry -> entry.offset < limit && entry.key != null && !newest.contains(entry.offset));
    }

    /** Takes all records of a key away, as if they had never been there. */
    void lose(byte[] key) {
      Bytes lost = Bytes.wrap(key);
      long limit = stable();
      entries.removeIf(
          entry -> entry.offset < limit && entry.key != null && Bytes.wrap(entry.key).equals(lost));
    }
  }
}
