package io.fleetcompat.query.history;

import io.fleetcompat.query.history.HistoryException.Kind;
import io.fleetcompat.query.past.ChangeLog.Undo;
import io.fleetcompat.schemas.BadRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history on the disk of one process: the changes that were read from Kafka, and how far that
 * is, always in one batch. What is damaged is noticed by whoever reads or writes; then the writer
 * {@linkplain #clear clears} it and reads Kafka again. One thread writes; any number read.
 */
public final class HistoryStore implements AutoCloseable {

  /** Most changes that are dropped in one batch. */
  static final int DROPPED_AT_ONCE = 10_000;

  /** The part of all changes that makes room where there are too many bytes: one in so many. */
  private static final int DROPPED_PART = 10;

  /** The room that a disk has again before it counts as full no more. */
  private static final long ROOM_BYTES = 64L << 20;

  /** The name of the only directory below the configured one that is ever deleted. */
  private static final String DIRECTORY = "changes";

  private static final Logger LOG = LoggerFactory.getLogger(HistoryStore.class);

  private final Path directory;
  private final HistoryBounds bounds;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable ChangesDatabase database; // guarded by lock
  private volatile HistoryContents contents;
  private volatile boolean damaged;
  private long droppedSinceCompaction; // of the writer

  private HistoryStore(Path directory, HistoryBounds bounds) {
    this.directory = directory;
    this.bounds = bounds;
    this.contents = HistoryContents.EMPTY;
  }

  /**
   * Opens the history below a directory, which is made if it is not there. One that is damaged is
   * deleted, and begins empty. Where the disk is full it is not open yet: {@link #openAgain}.
   *
   * @throws UncheckedIOException where it cannot: it is in use by another process, or the machine
   *     does not let us
   */
  public static HistoryStore open(Path directory, HistoryBounds bounds) {
    HistoryStore store = new HistoryStore(directory.resolve(DIRECTORY), bounds);
    try {
      store.open();
    } catch (HistoryException e) {
      if (e.kind() != Kind.FULL) {
        throw new UncheckedIOException(new IOException("history-directory: " + e.getMessage(), e));
      }
      LOG.warn("the history in {} is opened when there is room: {}", directory, e.getMessage());
    }
    return store;
  }

  private void open() {
    try {
      openDatabase();
    } catch (HistoryException e) {
      switch (e.kind()) {
        case DAMAGED -> clear(String.valueOf(e.getMessage()));
        case IN_USE ->
            throw new HistoryException(
                Kind.IN_USE,
                "expected a history of this process alone, found that another process has "
                    + directory
                    + " open; give each its own history-directory");
        case FULL, BROKEN, NOT_OPEN -> throw e;
      }
    }
  }

  private void openDatabase() {
    lock.writeLock().lock();
    try {
      Files.createDirectories(directory);
      ChangesDatabase opened = ChangesDatabase.open(directory);
      database = opened; // closed with this, whatever is in it
      contents = HistoryContents.read(opened);
      damaged = false;
    } catch (RocksDBException e) {
      throw HistoryException.of(e);
    } catch (IOException e) {
      throw HistoryException.of(e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Deletes all that is in it, and begins empty. */
  void clear(String reason) {
    LOG.warn("the history in {} is read again from Kafka: {}", directory, reason);
    lock.writeLock().lock();
    try {
      closeDatabase();
      contents = HistoryContents.EMPTY;
      delete();
      openDatabase();
    } catch (IOException e) {
      throw HistoryException.of(e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /**
   * Opens it anew after a fault: RocksDB writes no more after one. Where the disk still has no room
   * it stays open as it is, to be read.
   */
  void openAgain() {
    lock.writeLock().lock();
    try {
      requireRoom();
      closeDatabase();
      open();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void requireRoom() {
    try {
      Files.createDirectories(directory);
      long room = Files.getFileStore(directory).getUsableSpace();
      if (room < ROOM_BYTES) {
        throw new HistoryException(
            Kind.FULL, "expected room for %d bytes, found %d".formatted(ROOM_BYTES, room));
      }
    } catch (IOException e) {
      throw HistoryException.of(e);
    }
  }

  boolean isOpen() {
    lock.readLock().lock();
    try {
      return database != null;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** True where somebody found that it is not what was written. */
  boolean isDamaged() {
    return damaged;
  }

  /** The record of what it has read and dropped. */
  HistoryContents contents() {
    return contents;
  }

  /**
   * The time from which on all changes are known: what was then or later can be had by undoing.
   * Empty while a partition has not said so.
   */
  Optional<Instant> completeSince() {
    return contents.completeSince().map(Instant::ofEpochMilli);
  }

  /** The number of changes in it. */
  long changes() {
    return contents.changes();
  }

  /** The bytes that it has on the disk, or will have there soon. */
  long bytes() {
    return read(ChangesDatabase::bytes);
  }

  /**
   * Hands over, for every subject that has changed later than a time, the value that it had before
   * its first change after it, each once.
   *
   * @param afterMillis not before {@link #completeSince}: else what it hands over is not all
   * @return how many subjects
   */
  long undo(long afterMillis, Undo undo) {
    return undo(afterMillis, undo, UndoWalk.MAX_WALKED);
  }

  long undo(long afterMillis, Undo undo, int maxWalked) {
    return read(
        open -> {
          try (DatabaseSnapshot snapshot = open.snapshot()) {
            return new UndoWalk(snapshot, afterMillis, undo).undo(maxWalked);
          }
        });
  }

  /**
   * A page of changes, the newest first.
   *
   * @param before the end of the page before
   */
  ChangesPage page(ChangesQuestion question, Optional<ChangePosition> before, int limit) {
    return page(question, before, limit, ChangePages.MAX_WALKED);
  }

  ChangesPage page(
      ChangesQuestion question, Optional<ChangePosition> before, int limit, int maxWalked) {
    return read(
        open -> {
          try (DatabaseSnapshot snapshot = open.snapshot()) {
            return new ChangePages(snapshot, question, limit, maxWalked).page(before);
          }
        });
  }

  /**
   * Begins to keep a topic's partitions.
   *
   * @param partitions as they are where it knows nothing of them yet
   */
  void begin(String topicId, SortedMap<Integer, PartitionState> partitions) {
    write(
        (open, batch) -> {
          HistoryContents begun = contents.begun(topicId, partitions);
          begun.write(open, batch, partitions.keySet());
          return begun;
        });
  }

  /**
   * Keeps changes, and how far Kafka was read with them: all or nothing.
   *
   * @param arrived in the order of their partitions
   * @param next the offsets from which on partitions are to be read
   */
  void append(List<ArrivedChange> arrived, Map<Integer, Long> next) {
    write(
        (open, batch) -> {
          SortedMap<Integer, PartitionState> states = new TreeMap<>(contents.partitions());
          for (ArrivedChange change : arrived) {
            states.put(change.partition(), change.putInto(open, batch, state(states, change)));
          }
          next.forEach(
              (partition, offset) ->
                  states.computeIfPresent(partition, (_, state) -> state.readUpTo(offset)));
          HistoryContents grown = contents.with(states, arrived.size());
          grown.write(open, batch, next.keySet());
          return grown;
        });
  }

  private static PartitionState state(
      SortedMap<Integer, PartitionState> states, ArrivedChange change) {
    PartitionState state = states.get(change.partition());
    if (state == null) {
      throw new IllegalStateException(
          "expected a partition of %s, found %s".formatted(states, change));
    }
    return state;
  }

  /** Drops what is too old, and some of the oldest where there is too much; some at a time. */
  void dropOldest(long now) {
    long before = now - bounds.maxAge().toMillis();
    while (drop(before, DROPPED_AT_ONCE) == DROPPED_AT_ONCE) {}
    while (bytes() > bounds.maxBytes() && changes() > 0) {
      long most = Math.max(1, changes() / DROPPED_PART);
      for (long left = most; left > 0; left -= DROPPED_AT_ONCE) {
        drop(Long.MAX_VALUE, Math.min(left, DROPPED_AT_ONCE));
      }
      compact();
    }
    if (droppedSinceCompaction > DROPPED_AT_ONCE + changes() / DROPPED_PART) {
      compact();
    }
  }

  private long drop(long before, long most) {
    long kept = changes();
    write(
        (open, batch) -> {
          OldestChanges oldest = OldestChanges.drop(open, batch, before, most);
          HistoryContents left =
              contents.dropped(oldest.count(), oldest.last().map(ChangePosition::at).orElse(-1L));
          left.write(open, batch, List.of());
          return left;
        });
    droppedSinceCompaction += kept - changes();
    return kept - changes();
  }

  private void compact() {
    read(
        open -> {
          open.compact(ChangePosition.lastAt(Math.max(0, contents.droppedUpTo())));
          return open;
        });
    droppedSinceCompaction = 0;
  }

  /** A use of the database. */
  private interface Reading<T> {
    T in(ChangesDatabase open) throws RocksDBException, BadRecordException;
  }

  /** A batch that is to be written, and the contents after it. */
  private interface Writing {
    HistoryContents to(ChangesDatabase open, WriteBatch batch)
        throws RocksDBException, BadRecordException;
  }

  private void write(Writing writing) {
    contents =
        read(
            open -> {
              try (WriteBatch batch = new WriteBatch()) {
                HistoryContents next = writing.to(open, batch);
                open.write(batch);
                return next;
              }
            });
  }

  private <T> T read(Reading<T> reading) {
    lock.readLock().lock();
    try {
      ChangesDatabase open = database;
      if (open == null) {
        throw new HistoryException(Kind.NOT_OPEN, "the history is not open");
      }
      return reading.in(open);
    } catch (RocksDBException e) {
      throw failed(HistoryException.of(e));
    } catch (BadRecordException e) {
      throw failed(HistoryException.of(e));
    } catch (HistoryException e) {
      throw failed(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private HistoryException failed(HistoryException fault) {
    damaged |= fault.kind() == Kind.DAMAGED;
    return fault;
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closeDatabase();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void closeDatabase() {
    if (database != null) {
      database.close();
      database = null;
    }
  }
}
