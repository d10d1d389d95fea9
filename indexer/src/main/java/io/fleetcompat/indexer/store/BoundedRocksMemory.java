package io.fleetcompat.indexer.store;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache for all stores of the process, which write buffers, indexes and filters are
 * charged to as well: so the native memory has one bound, however many partitions there are.
 *
 * <p>Threads: any. The cache lives as long as the process; the first store decides its size.
 */
public final class BoundedRocksMemory implements RocksDBConfigSetter {

  /** The setting that holds the bound, in bytes. */
  public static final String CACHE_BYTES = "fleetcompat.rocksdb.cache.bytes";

  /** The bound where nothing is set. */
  public static final long DEFAULT_CACHE_BYTES = 128L << 20;

  private static final int MAX_WRITE_BUFFER_BYTES = 8 << 20;
  private static final int WRITE_BUFFERS = 2;

  /**
   * The piece by which a write buffer grows. RocksDB's own choice is 1 MiB, which in a hundred
   * stores is more than all may have: then every write would flush some other store.
   */
  private static final int ARENA_BLOCK_BYTES = 64 << 10;

  /**
   * The room on the disk that a store takes for its manifest before it needs it. RocksDB's own
   * choice is 4 MiB, which in a hundred stores is more than all that is in them.
   */
  private static final int MANIFEST_BYTES = 64 << 10;

  private static @Nullable Shared shared;

  private record Shared(Cache cache, WriteBufferManager writeBuffers) {}

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    Shared memory = shared(bytes(configs));
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(memory.cache());
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(memory.writeBuffers());
    options.setWriteBufferSize(MAX_WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    options.setArenaBlockSize(ARENA_BLOCK_BYTES);
    options.setManifestPreallocationSize(MANIFEST_BYTES);
  }

  @Override
  public void close(String store, Options options) {
    // What is shared is not closed with one store.
  }

  private static long bytes(Map<String, Object> configs) {
    Object set = configs.get(CACHE_BYTES);
    return set == null ? DEFAULT_CACHE_BYTES : Long.parseLong(set.toString());
  }

  private static synchronized Shared shared(long bytes) {
    if (shared == null) {
      Cache cache = new LRUCache(bytes);
      shared = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
    }
    return shared;
  }
}
