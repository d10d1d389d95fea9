package io.fleetcompat.query.history;

import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The beginning of the index's keys for one subject, host or pool; a position follows. The length
 * of the name comes before the name, so that no prefix begins another, whatever is in a name.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are never changed
record IndexPrefix(byte[] bytes) {

  private static final byte SUBJECT = 'S';
  private static final byte HOST = 'H';
  private static final byte POOL = 'P';

  /** The changes of one subject itself. */
  static IndexPrefix subject(byte[] subject) {
    return of(SUBJECT, subject);
  }

  /** The changes of a host, whatever of it has changed, and where another had its name before. */
  static IndexPrefix host(String host) {
    return of(HOST, host.getBytes(StandardCharsets.UTF_8));
  }

  /** The changes of a pool, and those of others that concern it. */
  static IndexPrefix pool(String pool) {
    return of(POOL, pool.getBytes(StandardCharsets.UTF_8));
  }

  /** The beginning of all keys of subjects. */
  static byte[] subjects() {
    return new byte[] {SUBJECT};
  }

  /** All prefixes under which a change is found, beside that of its subject. */
  static List<IndexPrefix> listing(ChangeKey subject, ChangeRecord change) {
    List<IndexPrefix> prefixes = new ArrayList<>();
    Set<String> pools = new TreeSet<>(change.getPools());
    switch (subject.kind()) {
      case HOST -> {
        prefixes.add(host(subject.name()));
        Renaming.formerName(subject, change).ifPresent(former -> prefixes.add(host(former)));
      }
      case CAPACITY -> prefixes.add(host(subject.name()));
      case POOL -> pools.add(subject.name());
      case HISTORY, PROFILE, RULES, PROBE, OVERRIDE -> {}
    }
    pools.forEach(pool -> prefixes.add(pool(pool)));
    return prefixes;
  }

  private static IndexPrefix of(byte kind, byte[] name) {
    return new IndexPrefix(
        ByteBuffer.allocate(1 + Short.BYTES + name.length)
            .put(kind)
            .putShort((short) name.length)
            .put(name)
            .array());
  }

  /** The prefix of a key of the index. */
  static IndexPrefix of(byte[] key) {
    return new IndexPrefix(Arrays.copyOf(key, key.length - ChangePosition.BYTES));
  }

  byte[] key(ChangePosition position) {
    return ByteBuffer.allocate(bytes.length + ChangePosition.BYTES)
        .put(bytes)
        .put(position.bytes())
        .array();
  }

  boolean begins(byte[] key) {
    return key.length == bytes.length + ChangePosition.BYTES
        && Arrays.equals(key, 0, bytes.length, bytes, 0, bytes.length);
  }

  /** True for the keys of subjects. */
  boolean isOfSubject() {
    return bytes[0] == SUBJECT;
  }

  /** The subject as it is spelled in keys. */
  byte[] name() {
    return Arrays.copyOfRange(bytes, 1 + Short.BYTES, bytes.length);
  }

  ChangeKey subject() throws io.fleetcompat.schemas.BadRecordException {
    return RecordKeys.CHANGE.decode(name());
  }
}
