package io.fleetcompat.indexer.store;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.RecordCodec;
import org.apache.avro.specific.SpecificRecord;

/**
 * The form of a store's values. Decoding treats them as hostile: anybody may have written to the
 * changelog from which the store was restored.
 *
 * @param <K> key
 * @param <V> value
 */
public interface ValueForm<K, V> {

  byte[] encode(V value);

  /**
   * The value in these bytes.
   *
   * @throws BadRecordException if there is none that this key may have
   */
  V decode(K key, byte[] bytes) throws BadRecordException;

  /** Bytes of which every one is good. */
  static <K> ValueForm<K, byte[]> bytes() {
    return new ValueForm<>() {
      @Override
      public byte[] encode(byte[] value) {
        return value;
      }

      @Override
      public byte[] decode(K key, byte[] bytes) {
        return bytes;
      }
    };
  }

  /** A check of a record that could be decoded. */
  interface Check<K, T> {
    void check(K key, T record) throws BadRecordException;
  }

  /** Records of that codec, which have to pass a check. */
  static <K, T extends SpecificRecord> ValueForm<K, T> of(RecordCodec<T> codec, Check<K, T> check) {
    return new ValueForm<>() {
      @Override
      public byte[] encode(T value) {
        return codec.encode(value);
      }

      @Override
      public T decode(K key, byte[] bytes) throws BadRecordException {
        T record = codec.decode(bytes);
        check.check(key, record);
        return record;
      }
    };
  }

  /** Records of that codec. */
  static <K, T extends SpecificRecord> ValueForm<K, T> of(RecordCodec<T> codec) {
    return of(codec, (key, record) -> {});
  }
}
