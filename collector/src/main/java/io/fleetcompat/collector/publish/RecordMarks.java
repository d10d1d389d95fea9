package io.fleetcompat.collector.publish;

import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.schemas.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The marks of records with their hosts' keys (ADR 0036). Where a host's key is another than
 * before, what Kafka has of the host is marked with one that will not count for an indexer that
 * begins anew: whoever listens sends it again. Any number of threads; a listener must not wait.
 */
final class RecordMarks {

  private static final Logger LOG = LoggerFactory.getLogger(RecordMarks.class);

  private final HostKeys keys;
  private final Topics topics;

  /** The generation of the key with which each host marked last; none where it has no key. */
  private final Map<String, Integer> generations = new ConcurrentHashMap<>();

  /** The reason why a host that should mark cannot. */
  private final Map<String, String> missing = new ConcurrentHashMap<>();

  /** The reason why a host marks with an old key. */
  private final Map<String, String> faults = new ConcurrentHashMap<>();

  private final Map<String, Runnable> listeners = new ConcurrentHashMap<>();

  /**
   * @param keys of this process; it may have none, and marks nothing then
   */
  RecordMarks(HostKeys keys, Topics topics) {
    this.keys = keys;
    this.topics = topics;
  }

  /**
   * Calls that whenever a host's key is another, or there is one at last.
   *
   * @return ends that
   */
  Runnable onNewKey(String host, Runnable listener) {
    listeners.put(host, listener);
    return () -> listeners.remove(host, listener);
  }

  /** The reason why a host marks with an old key; empty where it does not. */
  Optional<String> fault(String host) {
    return Optional.ofNullable(faults.get(host));
  }

  /** The reason why nothing of a host can be sent; empty where it can. */
  Optional<String> missing(String host) {
    return Optional.ofNullable(missing.get(host));
  }

  /**
   * The headers of a record.
   *
   * @throws IOException if its host has no key that can be read
   */
  List<Header> of(Outbox.Slot slot, byte[] key, Outbox.Content content) throws IOException {
    Optional<HostKey> own = key(slot.host());
    if (own.isEmpty()) {
      return List.of();
    }
    HostRecord record = new HostRecord(slot.topic(), key, content.bytes());
    boolean isHeartbeat = slot.topic().equals(topics.hostCapacity().name());
    return List.of(
        isHeartbeat
            ? own.get().markHeartbeat(record, content.epoch(), content.number())
            : own.get().markDocument(record, content.epoch(), content.number()));
  }

  private Optional<HostKey> key(String host) throws IOException {
    try {
      Optional<HostKey> own = keys.of(host);
      own.ifPresent(key -> took(host, key.generation()));
      note(host);
      return own;
    } catch (IOException e) {
      String why =
          "expected a key of the host that marks its records, found none: " + e.getMessage();
      if (!why.equals(missing.put(host, why))) {
        LOG.error("{}: {}; nothing of it is sent until there is one", host, why);
      }
      throw e;
    }
  }

  /** An old key goes on to be used: nobody may overlook that. */
  private void note(String host) {
    Optional<String> fault = keys.fault(host);
    String before = fault.isPresent() ? faults.put(host, fault.get()) : faults.remove(host);
    if (fault.isPresent() && !fault.get().equals(before)) {
      LOG.error("{}: {}", host, fault.get());
    }
  }

  private void took(String host, int generation) {
    boolean wasMissing = missing.remove(host) != null;
    Integer before = generations.put(host, generation);
    if (wasMissing || (before != null && before != generation)) {
      Optional.ofNullable(listeners.get(host)).ifPresent(Runnable::run);
    }
  }
}
