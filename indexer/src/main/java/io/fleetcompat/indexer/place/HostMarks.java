package io.fleetcompat.indexer.place;

import io.fleetcompat.indexer.store.TypedStore;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.keys.RecordStamp;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.RegisteredKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The marks of a partition's hosts (ADR 0036): which generations of their keys count, what each has
 * sent last, and so which records are theirs and new. Without a fleet key nobody is asked for
 * marks; the registered keys are kept all the same, so that a fleet key is all that an indexer
 * needs to begin. One stream thread.
 */
final class HostMarks {

  /**
   * The time in milliseconds after which a heartbeat is noted on disk once more. After a crash
   * nobody knows what came since: for so long, an old heartbeat could pass for a new one.
   */
  private static final long NOTE_EVERY = 60_000;

  private final Optional<FleetKey> key;
  private final TypedStore<String, RegisteredKey> keys;
  private final TypedStore<String, HeardMark> stored;
  private final Map<String, Heard> heard = new HashMap<>();

  /**
   * @param notedAt when it was stored, in milliseconds
   */
  private record Heard(HeardMark mark, long notedAt) {}

  /** The place of a heartbeat among those of its host. */
  enum Order {
    NEWER,
    /** It was taken before. */
    REPEATED,
    OLDER
  }

  private HostMarks(
      Optional<FleetKey> key,
      TypedStore<String, RegisteredKey> keys,
      TypedStore<String, HeardMark> stored) {
    this.key = key;
    this.keys = keys;
    this.stored = stored;
  }

  /**
   * @param key by which marks are known; empty where nobody is asked for them
   * @param lost hears of hosts whose registered key cannot be read
   */
  static HostMarks load(
      ProcessorContext<byte[], byte[]> context,
      Optional<FleetKey> key,
      UnreadableEntries unreadable,
      Consumer<String> lost) {
    return new HostMarks(
        key,
        new TypedStore<>(
            context.getStateStore(PlaceNodes.KEY_STORE),
            RecordKeys.HOST,
            ValueForm.of(Codecs.REGISTERED_KEY),
            unreadable,
            lost),
        new TypedStore<>(
            context.getStateStore(PlaceNodes.MARK_STORE),
            RecordKeys.HOST,
            HeardMark.form(),
            unreadable));
  }

  /** True where records without a mark do not count. */
  boolean areAsked() {
    return key.isPresent();
  }

  /** Takes a host's registered key; nothing where the topic has none. */
  void register(String host, Optional<RegisteredKey> registered) {
    registered.ifPresentOrElse(found -> keys.put(host, found), () -> keys.remove(host));
  }

  /** True where the key counts that the host has last been heard with, or nobody is asked. */
  boolean isHeardWithItsKey(String host) {
    return key.isEmpty() || generations(host).accept(heard(host).mark.heartbeat().generation());
  }

  /**
   * The generations of a host's key that count: none before the newest that the host has used. Who
   * has found an old key speaks for the host no more.
   */
  private Generations generations(String host) {
    // Nothing is kept of names that have no key: anybody may invent them.
    return keys.find(host)
        .map(key -> Generations.of(key).from(heard(host).mark.heartbeat().generation()))
        .orElse(Generations.NONE);
  }

  private Heard heard(String host) {
    return heard.computeIfAbsent(
        host, added -> new Heard(stored.find(added).orElse(HeardMark.NOTHING), Long.MIN_VALUE));
  }

  /**
   * Checks that a document, or the removal of one, is the host's.
   *
   * @param placedEpoch of the document that is placed; {@link HeardMark#NEVER} where none is
   * @throws BadRecordException if it is not, or was sent before the host was removed
   */
  void requireDocument(String host, Record<byte[], byte[]> record, String topic, long placedEpoch)
      throws BadRecordException {
    if (key.isEmpty()) {
      return;
    }
    RecordStamp stamp =
        key.get()
            .checkDocument(
                host,
                new HostRecord(topic, record.key(), record.value()),
                record.headers(),
                generations(host));
    long removed = heard(host).mark.removedEpoch();
    boolean isRemoval = record.value() == null;
    boolean isOld =
        isRemoval
            ? stamp.epoch() < Math.max(removed, placedEpoch)
            : removed != HeardMark.NEVER && stamp.epoch() <= removed;
    if (isOld) {
      throw new BadRecordException(
          Code.REPLAYED,
          "a document or a removal after the epoch " + Math.max(removed, placedEpoch),
          "one of the epoch " + stamp.epoch());
    }
    if (isRemoval) {
      note(host, heard(host).mark.removed(stamp.epoch()), Long.MIN_VALUE);
    }
  }

  /**
   * Checks that a heartbeat, or the removal of heartbeats, is the host's; tells its order.
   *
   * @throws BadRecordException if it is not
   */
  Order heartbeat(String host, Record<byte[], byte[]> record, String topic, long now)
      throws BadRecordException {
    if (key.isEmpty()) {
      return Order.NEWER;
    }
    RecordStamp stamp =
        key.get()
            .checkHeartbeat(
                host,
                new HostRecord(topic, record.key(), record.value()),
                record.headers(),
                generations(host));
    Heard before = heard(host);
    RecordStamp newest = before.mark.heartbeat();
    int order = stamp.compareTo(newest);
    if (order <= 0) {
      return order == 0 ? Order.REPEATED : Order.OLDER;
    }
    boolean isNoted =
        stamp.generation() == newest.generation()
            && stamp.epoch() == newest.epoch()
            && now - before.notedAt < NOTE_EVERY
            && before.notedAt != Long.MIN_VALUE;
    if (isNoted) {
      heard.put(host, new Heard(before.mark.with(stamp), before.notedAt));
    } else {
      note(host, before.mark.with(stamp), now);
    }
    return Order.NEWER;
  }

  /** The reason against a heartbeat that is older than the newest. */
  BadRecordException older(String host) {
    return new BadRecordException(
        Code.REPLAYED,
        "a heartbeat after the newest one, " + heard(host).mark.heartbeat(),
        "one before it");
  }

  private void note(String host, HeardMark mark, long now) {
    heard.put(host, new Heard(mark, now));
    stored.put(host, mark);
  }
}
