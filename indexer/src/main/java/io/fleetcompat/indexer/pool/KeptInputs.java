package io.fleetcompat.indexer.pool;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.OverrideRecord;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records that verdicts depend on, on their way into the store. Each change of an override is
 * told; those of profiles, rules and answers are told by who makes them. One stream thread.
 */
final class KeptInputs {

  private final Topics topics;
  private final PoolStores stores;
  private final PoolChanges changes;

  KeptInputs(Topics topics, PoolStores stores, PoolChanges changes) {
    this.topics = topics;
    this.stores = stores;
    this.changes = changes;
  }

  /** Keeps a record that can be used; null where what its key had goes. */
  void put(String topic, byte[] key, byte @Nullable [] value) {
    if (topic.equals(topics.overrides().name())) {
      Optional<byte[]> before = stores.input(topic, key);
      if (!Arrays.equals(before.orElse(null), value)) {
        id(key)
            .ifPresent(
                id ->
                    changes.override(
                        id,
                        before,
                        before.flatMap(KeptInputs::read),
                        Optional.ofNullable(value).flatMap(KeptInputs::read)));
      }
    }
    stores.putInput(topic, key, value);
  }

  /** Only a key that can be read has a history. */
  private static Optional<String> id(byte[] key) {
    try {
      return Optional.of(RecordKeys.OVERRIDE.decode(key));
    } catch (BadRecordException e) {
      return Optional.empty();
    }
  }

  /** One that another version stored may be unreadable for this. */
  private static Optional<OverrideRecord> read(byte[] value) {
    try {
      return Optional.of(Codecs.OVERRIDE.decode(value));
    } catch (BadRecordException e) {
      return Optional.empty();
    }
  }
}
