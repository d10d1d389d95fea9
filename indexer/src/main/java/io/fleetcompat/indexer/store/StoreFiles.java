package io.fleetcompat.indexer.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * The files of one RocksDB store, read whole and held to their checksums. RocksDB itself looks at a
 * block when somebody wants it, and an iterator over a block that is damaged just ends, as if there
 * were no more keys; so a store is checked before it is used.
 */
final class StoreFiles {

  private static final String CURRENT = "CURRENT";

  static {
    RocksDB.loadLibrary(); // a check may be the first thing that is wanted of it
  }

  private StoreFiles() {}

  /**
   * Reads all files of the store; a directory that is missing or holds no store yet is sound. The
   * store may be open.
   *
   * @throws RocksDBException if something is not as it was written
   */
  static void check(Path directory) throws RocksDBException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw StoreDamage.found("expected a directory with a store, found a file: " + directory);
    }
    List<String> names = names(directory);
    if (!names.contains(CURRENT)) {
      if (names.stream().anyMatch(StoreFiles::isOfStore)) {
        // RocksDB would make a new store, and delete these.
        throw StoreDamage.found("expected the file CURRENT beside " + names.getFirst());
      }
      return;
    }
    verify(directory);
  }

  private static boolean isOfStore(String name) {
    return name.endsWith(".sst") || name.startsWith("MANIFEST");
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void verify(Path directory) throws RocksDBException {
    try (Silence silence = new Silence();
        Options listing = new Options();
        DBOptions reading = new DBOptions()) {
      reading.setLogger(silence);
      List<ColumnFamilyDescriptor> families = new ArrayList<>();
      for (byte[] name : RocksDB.listColumnFamilies(listing, directory.toString())) {
        families.add(new ColumnFamilyDescriptor(name));
      }
      if (families.isEmpty()) {
        // They cannot be listed, which throws nothing; opening it throws why.
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
      }
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      try (RocksDB store = RocksDB.openReadOnly(reading, directory.toString(), families, handles)) {
        store.verifyChecksum();
      } finally {
        handles.forEach(ColumnFamilyHandle::close);
      }
    }
  }

  /** Keeps RocksDB from writing a file of log for every check. */
  private static final class Silence extends Logger {

    Silence() {
      super(InfoLogLevel.FATAL_LEVEL);
    }

    @Override
    protected void log(InfoLogLevel level, String message) {
      // What matters is thrown.
    }
  }
}
