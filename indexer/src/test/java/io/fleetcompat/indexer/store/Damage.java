package io.fleetcompat.indexer.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The ways in which the files of a store are damaged; RocksDB cannot go on with any of them. */
public enum Damage {
  SST_FLIPPED {
    @Override
    public void strike(Path store) throws IOException {
      for (Path file : files(store, ".+\\.sst")) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 0x10; // in the first block, which holds keys and values
        Files.write(file, bytes);
      }
    }
  },
  SST_TRUNCATED {
    @Override
    public void strike(Path store) throws IOException {
      for (Path file : files(store, ".+\\.sst")) {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      }
    }
  },
  SST_DELETED {
    @Override
    public void strike(Path store) throws IOException {
      delete(files(store, ".+\\.sst"));
    }
  },
  CURRENT_EMPTIED {
    @Override
    public void strike(Path store) throws IOException {
      Files.write(store.resolve("CURRENT"), new byte[0]);
    }
  },
  CURRENT_DELETED {
    @Override
    public void strike(Path store) throws IOException {
      Files.delete(store.resolve("CURRENT"));
    }
  },
  CURRENT_OF_NOTHING {
    @Override
    public void strike(Path store) throws IOException {
      Files.writeString(store.resolve("CURRENT"), "MANIFEST-999999\n");
    }
  },
  MANIFEST_FLIPPED {
    @Override
    public void strike(Path store) throws IOException {
      for (Path file : files(store, "MANIFEST.+")) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(file, bytes);
      }
    }
  },
  MANIFEST_EMPTIED {
    @Override
    public void strike(Path store) throws IOException {
      for (Path file : files(store, "MANIFEST.+")) {
        Files.write(file, new byte[0]);
      }
    }
  },
  MANIFEST_DELETED {
    @Override
    public void strike(Path store) throws IOException {
      delete(files(store, "MANIFEST.+"));
    }
  },
  LOCK_IS_A_DIRECTORY {
    @Override
    public void strike(Path store) throws IOException {
      delete(files(store, "LOCK"));
      Files.createDirectory(store.resolve("LOCK"));
    }
  },
  STORE_IS_A_FILE {
    @Override
    public void strike(Path store) throws IOException {
      delete(files(store, ".+"));
      Files.delete(store);
      Files.writeString(store, "nonsense");
    }
  };

  /** Damages the closed store in that directory. */
  public abstract void strike(Path store) throws IOException;

  static List<Path> files(Path store, String pattern) {
    try (Stream<Path> all = Files.list(store)) {
      return all.filter(file -> String.valueOf(file.getFileName()).matches(pattern)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
