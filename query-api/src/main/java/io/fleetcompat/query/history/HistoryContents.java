package io.fleetcompat.query.history;

import io.fleetcompat.query.history.ChangesDatabase.Family;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The record of what a history has read and dropped. Immutable; any number of threads.
 *
 * @param topicId of the topic that was read; empty where none was
 * @param partitions of it, by their numbers
 * @param changes that are kept
 * @param droppedUpTo time of the newest change that was dropped; -1 where none was
 */
record HistoryContents(
    String topicId, SortedMap<Integer, PartitionState> partitions, long changes, long droppedUpTo) {

  /** The form of all that is in the database; one of another form is read again from Kafka. */
  private static final String FORM = "1";

  private static final byte[] FORM_KEY = key("form");
  private static final byte[] TOPIC_KEY = key("topic");
  private static final byte[] COUNTS_KEY = key("counts");
  private static final byte[] PARTITION = key("p");

  static final HistoryContents EMPTY = new HistoryContents("", new TreeMap<>(), 0, -1);

  /** The time from which on all changes are known; empty while that of a partition is not. */
  Optional<Long> completeSince() {
    boolean unknown =
        partitions.isEmpty()
            || partitions.values().stream()
                .anyMatch(p -> p.completeSince() == PartitionState.UNKNOWN);
    if (unknown) {
      return Optional.empty();
    }
    long since =
        partitions.values().stream().mapToLong(PartitionState::completeSince).max().orElse(0);
    return Optional.of(Math.max(since, droppedUpTo));
  }

  /** With these partitions, where they are new. */
  HistoryContents begun(String topic, SortedMap<Integer, PartitionState> states) {
    SortedMap<Integer, PartitionState> all = new TreeMap<>(states);
    all.putAll(partitions);
    return new HistoryContents(topic, all, changes, droppedUpTo);
  }

  HistoryContents with(SortedMap<Integer, PartitionState> states, long added) {
    return new HistoryContents(topicId, states, changes + added, droppedUpTo);
  }

  HistoryContents dropped(long count, long upTo) {
    return new HistoryContents(topicId, partitions, changes - count, Math.max(droppedUpTo, upTo));
  }

  /** Adds to a batch what these partitions and the counts have become. */
  void write(ChangesDatabase database, WriteBatch batch, Collection<Integer> changed)
      throws RocksDBException {
    var meta = database.family(Family.META);
    batch.put(meta, FORM_KEY, key(FORM));
    batch.put(meta, TOPIC_KEY, key(topicId));
    batch.put(
        meta,
        COUNTS_KEY,
        ByteBuffer.allocate(2 * Long.BYTES).putLong(changes).putLong(droppedUpTo).array());
    for (int partition : changed) {
      PartitionState state = partitions.getOrDefault(partition, PartitionState.begin(0, -1));
      batch.put(meta, partitionKey(partition), state.bytes());
    }
  }

  /** The contents of a database that was opened; a fault where they are of another form. */
  static HistoryContents read(ChangesDatabase database) throws RocksDBException {
    String form = text(database.getMeta(FORM_KEY));
    if (form.isEmpty()) {
      return EMPTY;
    }
    if (!form.equals(FORM)) {
      throw new HistoryException(
          HistoryException.Kind.DAMAGED, "expected form " + FORM + ", found " + form);
    }
    ByteBuffer counts = ByteBuffer.wrap(database.getMeta(COUNTS_KEY));
    return new HistoryContents(
        text(database.getMeta(TOPIC_KEY)),
        partitions(database),
        counts.getLong(),
        counts.getLong());
  }

  private static SortedMap<Integer, PartitionState> partitions(ChangesDatabase database)
      throws RocksDBException {
    SortedMap<Integer, PartitionState> found = new TreeMap<>();
    try (DatabaseSnapshot snapshot = database.snapshot();
        RocksIterator each = snapshot.iterator(Family.META)) {
      for (each.seek(partitionKey(0)); each.isValid() && isPartition(each.key()); each.next()) {
        found.put(
            ByteBuffer.wrap(each.key()).getInt(PARTITION.length),
            PartitionState.parse(each.value()));
      }
      each.status();
    }
    return found;
  }

  private static byte[] partitionKey(int partition) {
    return ByteBuffer.allocate(PARTITION.length + Integer.BYTES)
        .put(PARTITION)
        .putInt(partition)
        .array();
  }

  private static boolean isPartition(byte[] key) {
    return key.length == PARTITION.length + Integer.BYTES && key[0] == PARTITION[0];
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The offsets from which on partitions are to be read. */
  Map<Integer, Long> next() {
    Map<Integer, Long> next = new TreeMap<>();
    partitions.forEach((partition, state) -> next.put(partition, state.next()));
    return next;
  }
}
