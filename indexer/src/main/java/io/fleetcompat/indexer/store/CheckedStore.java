package io.fleetcompat.indexer.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A RocksDB store of Kafka Streams whose files are checked before it is opened. A damaged one is
 * moved aside; an empty one takes its place, which Streams fills from the changelog, since the
 * position in it is kept in the store. What is damaged later is thrown by whoever reads it; then
 * the thread is replaced ({@code ThreadFaults}), and opening the store again finds it.
 *
 * <p>An iterator does not throw, but ends; so before one begins, files that were not looked at for
 * {@link #CHECK_AGAIN_AFTER} are checked again.
 *
 * <p>One stream thread at a time; any may ask how much is not committed, as metrics do: others than
 * that which writes are told what it heard last. Streams itself would read what RocksDB frees with
 * each commit, and end the process.
 */
final class CheckedStore implements KeyValueStore<Bytes, byte[]> {

  static final Duration CHECK_AGAIN_AFTER = Duration.ofMinutes(1);

  /** Looks at a store that is open: while one is taken, RocksDB may remove files of it. */
  private static final int LOOKS = 3;

  private static final String FOLDER = "rocksdb";

  /** By their folders, those that are open in this process: RocksDB's locks are its own, too. */
  private static final ConcurrentMap<Path, CheckedStore> OPEN = new ConcurrentHashMap<>();

  private static final Logger LOG = LoggerFactory.getLogger(CheckedStore.class);

  private final Supplier<KeyValueStore<Bytes, byte[]>> stores;
  private final Runnable moved;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private KeyValueStore<Bytes, byte[]> store;
  private Path directory = Path.of("");
  private long checkedAt;
  private volatile @Nullable Thread writer;
  private volatile long uncommitted;

  /**
   * @param stores make the store; asked again where it cannot be opened
   * @param moved hears that the store was moved aside
   * @param nanoTime as {@link System#nanoTime}
   */
  CheckedStore(
      Supplier<KeyValueStore<Bytes, byte[]>> stores,
      Runnable moved,
      Clock clock,
      LongSupplier nanoTime) {
    this.stores = stores;
    this.moved = moved;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.store = stores.get();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    Path task = context.stateDir().toPath();
    directory = task.resolve(FOLDER).resolve(name()).toAbsolutePath().normalize();
    closeFormer();
    OPEN.put(directory, this);
    try {
      StoreFiles.check(directory);
    } catch (RocksDBException e) {
      if (!StoreDamage.isDamage(e)) {
        throw new ProcessorStateException("could not check the store " + directory, e);
      }
      moveAside(context, String.valueOf(e.getMessage()));
    }
    checkedAt = nanoTime.getAsLong();
    open(context, root);
  }

  /**
   * Closes the store that had this folder before, where its thread was interrupted and ended
   * without closing it: it would keep the folder for as long as the process lives. Streams' own
   * lock of the task says that no thread uses it.
   */
  private void closeFormer() {
    CheckedStore former = OPEN.get(directory);
    if (former != null && former.isOpen()) {
      LOG.warn("the store {} was left open: it is closed, and opened again", directory);
      former.close();
    }
  }

  private void open(StateStoreContext context, StateStore root) {
    try {
      store.init(context, root);
    } catch (ProcessorStateException e) {
      String damage = StoreDamage.in(e).orElseThrow(() -> e);
      store = stores.get();
      moveAside(context, damage);
      store.init(context, root);
    }
  }

  private void moveAside(StateStoreContext context, String damage) {
    Path state = context.stateDir().toPath().resolve("../..").normalize();
    try {
      Path now = new AsidePlace(state, clock).take(directory, context.taskId() + "-" + name());
      LOG.warn(
          "the store {} of task {} is damaged: {}; it was moved to {} and is read again from its"
              + " changelog",
          name(),
          context.taskId(),
          damage,
          now);
      moved.run();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the store %s is damaged (%s) and could not be moved aside; move or delete it"
              .formatted(directory, damage),
          e);
    }
  }

  /** Checks files that were not looked at lately, before an iterator would pass over damage. */
  private KeyValueStore<Bytes, byte[]> checked() {
    long now = nanoTime.getAsLong();
    if (now - checkedAt > CHECK_AGAIN_AFTER.toNanos()) {
      look(1);
      checkedAt = now;
    }
    return store;
  }

  private void look(int count) {
    try {
      StoreFiles.check(directory);
    } catch (RocksDBException e) {
      if (count == LOOKS) {
        throw new ProcessorStateException("the files of the store " + directory, e);
      }
      look(count + 1);
    }
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  @SuppressWarnings("deprecation") // Streams may call it
  public void flush() {
    store.flush();
  }

  @Override
  public void commit(Map<TopicPartition, Long> offsets) {
    written().commit(offsets);
    uncommitted = 0;
  }

  @Override
  public Long committedOffset(TopicPartition partition) {
    return store.committedOffset(partition);
  }

  @Override
  public void close() {
    writer = null;
    uncommitted = 0;
    store.close();
    OPEN.remove(directory, this);
  }

  @Override
  public boolean persistent() {
    return store.persistent();
  }

  @Override
  @SuppressWarnings("deprecation") // Streams asks for it
  public boolean managesOffsets() {
    return store.managesOffsets();
  }

  @Override
  public boolean isOpen() {
    return store.isOpen();
  }

  @Override
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    return store.query(query, bound, config);
  }

  @Override
  public long approximateNumUncommittedBytes() {
    if (Thread.currentThread().equals(writer)) {
      uncommitted = store.approximateNumUncommittedBytes();
    }
    return uncommitted;
  }

  /** The store, to which this thread writes. */
  private KeyValueStore<Bytes, byte[]> written() {
    Thread now = Thread.currentThread();
    if (!now.equals(writer)) {
      writer = now;
    }
    return store;
  }

  @Override
  public Position getPosition() {
    return store.getPosition();
  }

  @Override
  public void put(Bytes key, byte[] value) {
    written().put(key, value);
  }

  @Override
  public byte[] putIfAbsent(Bytes key, byte[] value) {
    return written().putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    written().putAll(entries);
  }

  @Override
  public byte[] delete(Bytes key) {
    return written().delete(key);
  }

  @Override
  public byte[] get(Bytes key) {
    return store.get(key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    return checked().range(from, to);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
    return checked().reverseRange(from, to);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return checked().all();
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> reverseAll() {
    return checked().reverseAll();
  }

  @Override
  public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(
      P prefix, S serializer) {
    return checked().prefixScan(prefix, serializer);
  }

  @Override
  public long approximateNumEntries() {
    return store.approximateNumEntries();
  }

  @Override
  public ReadOnlyKeyValueStore<Bytes, byte[]> readOnly(IsolationLevel level) {
    return store.readOnly(level);
  }
}
