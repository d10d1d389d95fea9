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
import io.fleetcompat.schemas.avro.ProberKey;
import io.fleetcompat.schemas.avro.RegisteredKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
   * The time in milliseconds after which a heartbeat is noted on disk once more. After a restart
   * nobody knows what came since: heartbeats of that time can be sent again, once each.
   */
  private static final long NOTE_EVERY = 20_000;

  private final Optional<FleetKey> key;
  private final TypedStore<String, RegisteredKey> keys;
  private final TypedStore<String, HeardMark> stored;
  private final Map<String, Heard> heard = new HashMap<>();

  /** The generation of hosts that mark with a key that is not registered yet. */
  private final Map<String, Integer> early = new HashMap<>();

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
    return key.isEmpty() || generations(host).accept(used(host));
  }

  /** The answers of drivers by the host that count; empty where nobody is asked for marks. */
  Optional<ProberKey> proberKey(String host) {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Generations accepted = generations(host);
    int newest = accepted.isActive() ? accepted.newest() : accepted.oldest() - 1;
    int trustedFrom = keys.find(host).map(each -> Generations.of(each).trustedFrom()).orElse(1);
    return Optional.of(new ProberKey(accepted.oldest(), newest, trustedFrom));
  }

  /** True where a key of the host counts. */
  boolean hasKey(String host) {
    return generations(host).isActive();
  }

  /**
   * The generations of a host's key that count: none before the newest that the host has used. Who
   * has found an old key speaks for the host no more.
   */
  private Generations generations(String host) {
    // Nothing is kept of names that have no key: anybody may invent them.
    return keys.find(host)
        .map(key -> Generations.of(key).from(used(host)))
        .orElse(Generations.NONE);
  }

  /**
   * The generation with which the host was heard last; 0 where it was not heard. Nothing is kept of
   * a name for having been asked.
   */
  int generation(String host) {
    Heard known = heard.get(host);
    if (known == null) {
      return key.isPresent() && keys.contains(host) ? used(host) : 0;
    }
    return known.mark.heartbeat().generation();
  }

  private int used(String host) {
    return heard(host).mark.heartbeat().generation();
  }

  /** The hosts that have, or had, a key. */
  List<String> registered() {
    List<String> hosts = new ArrayList<>();
    keys.forEach((host, _) -> hosts.add(host));
    return hosts;
  }

  /**
   * True of a host that has marked something with a key that is not registered yet, and now is. It
   * was refused, since topics have no order among them, and is to be read again. True once.
   */
  boolean wasEarly(String host) {
    Integer generation = early.get(host);
    if (generation == null || !generations(host).accept(generation)) {
      return false;
    }
    early.remove(host);
    return true;
  }

  /** True of a host that has marked something with a key that is not registered yet. */
  boolean isEarly(String host) {
    return early.containsKey(host);
  }

  /** Notes a record that was refused, where only the registry is behind its host's key. */
  private void noteEarly(String host, Check check) {
    try {
      int generation = check.with(Generations.ANY).generation();
      int newest = keys.find(host).map(RegisteredKey::getNewest).orElse(0);
      if (generation > newest) {
        early.put(host, generation);
      }
    } catch (BadRecordException e) {
      // It is not the host's at all.
    }
  }

  /** The check of one record's mark. */
  private interface Check {
    RecordStamp with(Generations accepted) throws BadRecordException;
  }

  private RecordStamp checked(String host, Check check) throws BadRecordException {
    try {
      RecordStamp stamp = check.with(generations(host));
      early.remove(host);
      return stamp;
    } catch (BadRecordException e) {
      if (e.code() == Code.FORGED) {
        noteEarly(host, check);
      }
      throw e;
    }
  }

  private Heard heard(String host) {
    return heard.computeIfAbsent(
        host, added -> new Heard(stored.find(added).orElse(HeardMark.NOTHING), Long.MIN_VALUE));
  }

  /**
   * Checks that a document, or the removal of one, is the host's; gives its stamp, {@link
   * HeardMark#NONE} where nobody is asked for marks.
   *
   * @throws BadRecordException if it is not, or was sent before the host was removed, or is a
   *     removal from before the document that is placed
   */
  RecordStamp document(String host, Record<byte[], byte[]> record, String topic)
      throws BadRecordException {
    if (key.isEmpty()) {
      return HeardMark.NONE;
    }
    HostRecord sent = new HostRecord(topic, record.key(), record.value());
    RecordStamp stamp =
        checked(host, accepted -> key.get().checkDocument(host, sent, record.headers(), accepted));
    HeardMark mark = heard(host).mark;
    // A removal ends its epoch: what comes of that epoch after it was sent before it.
    boolean isOld =
        record.value() == null
            ? isBefore(stamp, mark.removal()) || isBefore(stamp, mark.document())
            : mark.removal().generation() > 0 && !isBefore(mark.removal(), stamp);
    if (isOld) {
      throw new BadRecordException(
          Code.REPLAYED,
          "a document or a removal after the removal %s and the document %s"
              .formatted(mark.removal(), mark.document()),
          stamp.toString());
    }
    return stamp;
  }

  /** True where a stamp is of an earlier start of the collector, or of an earlier key. */
  private static boolean isBefore(RecordStamp a, RecordStamp b) {
    return a.generation() != b.generation()
        ? a.generation() < b.generation()
        : a.epoch() < b.epoch();
  }

  /**
   * True where a document with that stamp takes the place of the placed one whatever their versions
   * are: its key is newer, and who had the one before may have taken every version there is.
   */
  boolean isOfNewerKey(String host, RecordStamp stamp) {
    return key.isPresent() && stamp.generation() > heard(host).mark.document().generation();
  }

  /** A document with that stamp was placed. */
  void placed(String host, RecordStamp stamp) {
    if (key.isPresent() && isBefore(heard(host).mark.document(), stamp)) {
      note(host, heard(host).mark.placed(stamp), heard(host).notedAt);
    }
  }

  /** The host was removed with that stamp. */
  void removed(String host, RecordStamp stamp) {
    if (key.isPresent()) {
      note(host, heard(host).mark.removed(stamp), heard(host).notedAt);
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
    HostRecord sent = new HostRecord(topic, record.key(), record.value());
    RecordStamp stamp =
        checked(host, accepted -> key.get().checkHeartbeat(host, sent, record.headers(), accepted));
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
      heard.put(host, new Heard(before.mark.heard(stamp), before.notedAt));
    } else {
      note(host, before.mark.heard(stamp), now);
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

  /** The number of hosts of which something is in memory: none of them has an invented name. */
  int kept() {
    return Math.max(heard.size(), early.size());
  }

  private void note(String host, HeardMark mark, long now) {
    heard.put(host, new Heard(mark, now));
    stored.put(host, mark);
  }
}
