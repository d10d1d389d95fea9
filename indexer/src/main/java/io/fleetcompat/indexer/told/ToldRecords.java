package io.fleetcompat.indexer.told;

import java.util.Optional;
import java.util.function.BiConsumer;

/** The records that a task has told a topic, as its stores hold them. */
public interface ToldRecords {

  /** All of them, encoded. */
  void forEach(BiConsumer<byte[], byte[]> consumer);

  /** The value of a key; empty where nothing is told under it. */
  Optional<byte[]> find(byte[] key);

  /**
   * Has the record of a key made anew that is in the topic, and nobody knows of; false where there
   * is nothing to make it from. Then it is taken away.
   */
  default boolean remake(byte[] key) {
    return false;
  }

  /** True of keys that nobody but this task tells, and that may not be there else. */
  boolean isOwn(byte[] key);
}
