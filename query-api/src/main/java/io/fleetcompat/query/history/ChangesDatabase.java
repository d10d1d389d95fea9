package io.fleetcompat.query.history;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.UInt64AddOperator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB of a history: its column families, and its bounds of memory. One thread writes; any
 * number read.
 *
 * <p>It is not synced to the disk: what a machine that lost power has not kept is read again from
 * Kafka, since the positions stand in the same batch. All column families are flushed together, or
 * one could hold what another has lost.
 */
final class ChangesDatabase implements AutoCloseable {

  /** The memory of one database apart from its open files: blocks, and what is not yet in files. */
  static final long MEMORY_BYTES = 48L << 20;

  private static final long UNWRITTEN_BYTES = 16L << 20;
  private static final long LOG_BYTES = 32L << 20;
  private static final long INFO_LOG_BYTES = 1L << 20;
  private static final int OPEN_FILES = 256;
  private static final int BACKGROUND_JOBS = 2;

  /**
   * The key of the number of batches, which every family has: one whose files were lost, and not
   * those of others, is found by it. It comes before all other keys.
   */
  private static final byte[] BATCHES = {0};

  /**
   * The key of the batches as they were counted one by one, which every family has: where a part of
   * the past is lost and what came after it is not, there are fewer of them than the number of the
   * last. A manifest that has lost its end does that: files that it would name are gone, and so are
   * the logs that they were made from. It comes before all other keys.
   */
  private static final byte[] COUNTED = {};

  /** The first key that iterators see. */
  static final byte[] FIRST = {0, 0};

  private static final byte[] ONE = counted(new byte[Long.BYTES]).putLong(1).array();

  static {
    RocksDB.loadLibrary(); // before the first of its options is made
  }

  private final List<AbstractNativeReference> closedLast = new ArrayList<>();
  private final RocksDB db;
  private final Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
  private long batches;

  /** The families of columns, in the order in which they are opened. */
  enum Family {
    /** Positions in Kafka, and what else there is one of. */
    META("default"),
    /** Position → the change. */
    CHANGES("changes"),
    /** Position → the value that its subject had before. */
    BEFORES("befores"),
    /** Subject, then position → what is known of its past; host or pool, then position → causes. */
    INDEX("index");

    private final String spelling;

    Family(String spelling) {
      this.spelling = spelling;
    }
  }

  private ChangesDatabase(Path directory) throws RocksDBException {
    Cache cache = keep(new LRUCache(MEMORY_BYTES));
    DBOptions options =
        keep(new DBOptions())
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setAtomicFlush(true)
            .setWriteBufferManager(keep(new WriteBufferManager(UNWRITTEN_BYTES, cache)))
            .setMaxTotalWalSize(LOG_BYTES)
            .setMaxOpenFiles(OPEN_FILES)
            .setMaxBackgroundJobs(BACKGROUND_JOBS)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setMaxLogFileSize(INFO_LOG_BYTES)
            .setKeepLogFileNum(2);
    ColumnFamilyOptions columns =
        keep(new ColumnFamilyOptions())
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
            .setWriteBufferSize(UNWRITTEN_BYTES / 2)
            .setMergeOperator(keep(new UInt64AddOperator()))
            .setTableFormatConfig(
                new BlockBasedTableConfig()
                    .setBlockCache(cache)
                    .setCacheIndexAndFilterBlocks(true)
                    .setIndexType(IndexType.kTwoLevelIndexSearch)); // cached in parts
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    boolean opened = false;
    try {
      db = RocksDB.open(options, directory.toString(), descriptors(columns), handles);
      opened = true;
    } finally {
      if (!opened) {
        closeOptions();
      }
    }
    Iterator<ColumnFamilyHandle> each = handles.iterator();
    for (Family family : Family.values()) {
      families.put(family, each.next());
    }
  }

  /** Opens it; what is damaged in a way that RocksDB does not see is found here. */
  static ChangesDatabase open(Path directory) throws RocksDBException {
    ChangesDatabase database = new ChangesDatabase(directory);
    boolean whole = false;
    try {
      database.batches = database.countBatches();
      whole = true;
      return database;
    } finally {
      if (!whole) {
        database.close();
      }
    }
  }

  private <T extends AbstractNativeReference> T keep(T reference) {
    closedLast.add(reference);
    return reference;
  }

  private static List<ColumnFamilyDescriptor> descriptors(ColumnFamilyOptions columns) {
    return Stream.of(Family.values())
        .map(f -> new ColumnFamilyDescriptor(f.spelling.getBytes(StandardCharsets.UTF_8), columns))
        .toList();
  }

  ColumnFamilyHandle family(Family family) {
    return Objects.requireNonNull(families.get(family));
  }

  byte[] getMeta(byte[] key) throws RocksDBException {
    byte[] value = db.get(family(Family.META), key);
    return value == null ? new byte[0] : value;
  }

  DatabaseSnapshot snapshot() {
    return new DatabaseSnapshot(this, db);
  }

  /** Writes all of a batch, or nothing. */
  void write(WriteBatch batch) throws RocksDBException {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(batches + 1).array();
    for (ColumnFamilyHandle family : families.values()) {
      batch.put(family, BATCHES, number);
      batch.merge(family, COUNTED, ONE);
    }
    try (WriteOptions options = new WriteOptions()) {
      db.write(options, batch);
    }
    batches++;
  }

  /** The number of batches that all families have; a fault where they do not have the same. */
  private long countBatches() throws RocksDBException {
    Set<Long> found = new TreeSet<>();
    for (ColumnFamilyHandle family : families.values()) {
      byte[] number = db.get(family, BATCHES);
      found.add(number == null ? 0 : ByteBuffer.wrap(number).getLong());
      byte[] counted = db.get(family, COUNTED);
      found.add(counted == null ? 0 : counted(counted).getLong());
    }
    if (found.size() > 1) {
      throw new HistoryException(
          HistoryException.Kind.DAMAGED,
          "expected column families with all batches up to one, found " + found);
    }
    return found.iterator().next();
  }

  /** RocksDB adds up numbers whose least byte is the first. */
  private static ByteBuffer counted(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes of the files that hold what is there now. */
  long bytes() throws RocksDBException {
    long bytes = 0;
    for (ColumnFamilyHandle family : families.values()) {
      bytes += db.getLongProperty(family, "rocksdb.live-sst-files-size");
      bytes += db.getLongProperty(family, "rocksdb.cur-size-all-mem-tables");
    }
    return bytes;
  }

  /** Gives the room of what was dropped back to the disk. */
  void compact(ChangePosition droppedUpTo) throws RocksDBException {
    byte[] first = ChangePosition.firstAt(0).bytes();
    db.compactRange(family(Family.CHANGES), first, droppedUpTo.bytes());
    db.compactRange(family(Family.BEFORES), first, droppedUpTo.bytes());
    db.compactRange(family(Family.INDEX));
  }

  @Override
  public void close() {
    families.values().forEach(ColumnFamilyHandle::close);
    db.close();
    closeOptions();
  }

  private void closeOptions() {
    closedLast.reversed().forEach(AbstractNativeReference::close);
  }
}
