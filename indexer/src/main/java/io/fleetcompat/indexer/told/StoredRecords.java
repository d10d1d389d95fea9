package io.fleetcompat.indexer.told;

import io.fleetcompat.indexer.store.TypedStore;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.KeyCodec;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The records that were told a topic, in a store that has the topic's keys and values.
 *
 * @param keys of the topic, and of the store
 * @param own true of keys that the task can tell the topic
 * @param remake has a record made anew that is in the topic only; false where it cannot be
 */
public record StoredRecords<K>(
    TypedStore<K, ?> store, KeyCodec<K> keys, Predicate<byte[]> own, Predicate<K> remake)
    implements ToldRecords {

  /** All of the topic is the task's own, and what is not in the store is nobody's. */
  public StoredRecords(TypedStore<K, ?> store, KeyCodec<K> keys) {
    this(store, keys, key -> true, key -> false);
  }

  @Override
  public void forEach(BiConsumer<byte[], byte[]> consumer) {
    store.forEachStored((key, value) -> consumer.accept(keys.encode(key), value));
  }

  @Override
  public Optional<byte[]> find(byte[] key) {
    return decoded(key).flatMap(store::stored);
  }

  @Override
  public boolean remake(byte[] key) {
    return decoded(key).filter(remake).isPresent();
  }

  /** Empty for a key that nobody has told. */
  private Optional<K> decoded(byte[] key) {
    try {
      return Optional.of(keys.decode(key));
    } catch (BadRecordException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isOwn(byte[] key) {
    return own.test(key);
  }
}
