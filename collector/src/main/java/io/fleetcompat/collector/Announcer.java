package io.fleetcompat.collector;

import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.collector.state.SpokenName;
import io.fleetcompat.inventory.Capacities;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.schemas.CapacityRecord;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.HostInventory;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The voice of one host: what differs from its last document is sent, told by a digest, so that
 * nothing of a reading is kept; and signs of life for that document. Guarded by itself.
 */
final class Announcer {

  private final CollectorConfig config;
  private final SpokenName name;
  private final InventoryPublisher publisher;
  private final InstantSource clock;
  private final long epoch;
  private final boolean probes;
  private long sequence;
  private byte[] content = {};
  private Optional<DocumentDigest> sent = Optional.empty();
  private EndpointHashes hashes = EndpointHashes.NONE;
  private Capacities capacity = Capacities.NONE;
  private SortedMap<String, Boolean> inUse = Collections.emptySortedMap();
  private boolean silent = true;

  /**
   * @param probes whether this collector asks drivers when it is asked to
   */
  Announcer(
      CollectorConfig config,
      SpokenName name,
      InventoryPublisher publisher,
      InstantSource clock,
      long epoch,
      boolean probes) {
    this.config = config;
    this.name = name;
    this.publisher = publisher;
    this.clock = clock;
    this.epoch = epoch;
    this.probes = probes;
  }

  /** The epoch of all that it sends. */
  long epoch() {
    return epoch;
  }

  /**
   * Sends what changed, and all of it where the cause sends what is unchanged, too. Gives whether
   * the inventory changed.
   */
  synchronized boolean announce(HostReading reading, Cause cause) {
    HostInventory inventory =
        InventoryDocument.of(reading, config.host().name(), config.host().labels(), name.former());
    byte[] now = digest(inventory);
    boolean changed = !MessageDigest.isEqual(now, content);
    boolean capacityChanged = !reading.capacity().byParent().equals(capacity.byParent());
    capacity = reading.capacity();
    boolean sends = changed || cause.sendsUnchanged();
    if (sends) {
      sequence++;
      sent =
          publisher.publish(
              InventoryDocument.sent(
                  inventory,
                  new DocumentVersion(epoch, sequence),
                  clock.instant(),
                  cause.toString(),
                  changedSince(reading)));
      content = now;
    }
    if (changed) {
      // A device that has gone and come back may be another's: the next look tells.
      inUse = inUseOnly();
    }
    boolean wasSilent = silent;
    silent = false;
    // No document is believed before a heartbeat has named it, be it like the last one or not.
    if (sends || capacityChanged || wasSilent) {
      heartbeat();
    }
    return changed;
  }

  /**
   * Says which devices are in use, at once where that is something else than before.
   *
   * @param uses true for a device that a process has open, false for one that none has; a device of
   *     which nobody knows is missing
   */
  synchronized void announceUse(SortedMap<String, Boolean> uses) {
    if (!uses.equals(inUse)) {
      inUse = uses;
      heartbeat();
    }
  }

  private SortedMap<String, Boolean> inUseOnly() {
    SortedMap<String, Boolean> used = new TreeMap<>(inUse);
    used.values().removeIf(open -> !open);
    return used;
  }

  /** Nothing is known of the host as it is now: it falls silent until the next reading. */
  synchronized void fallSilent() {
    silent = true;
  }

  /**
   * Says that the host is alive, that its newest document is what it is, what it can still create,
   * and which devices are in use. So it says nothing before the first reading, after one that
   * failed, and while the newest document is refused: others must not believe an old one. Without a
   * key the host is silent as well, but that is tried, since only so a key is found.
   */
  synchronized void heartbeat() {
    if (silent || !publisher.isAcceptable(config.host().name())) {
      return;
    }
    noteName();
    DocumentId document = new DocumentId(new DocumentVersion(epoch, sequence), sent);
    publisher.publish(
        CapacityRecord.of(
            config.host().name(), document, clock.instant(), capacity, inUse, probes));
  }

  /** Notes that Kafka has heard the host's name, where it has all that was said under it. */
  synchronized void noteName() {
    // In this order: what is refused is refused before it is no more on its way.
    if (sequence > 0
        && publisher.isSent(config.host().name())
        && publisher.refusal(config.host().name()).isEmpty()) {
      name.spoke();
    }
  }

  private List<String> changedSince(HostReading reading) {
    EndpointHashes before = hashes;
    hashes = EndpointHashes.of(reading.endpoints());
    return hashes.changedSince(before, Limits.CHANGED_SENT);
  }

  /**
   * The digest of all that a document says of its host, and of nothing that each document has of
   * its own. It is taken of a stream, since the bytes of a large host are several MB. They cannot
   * be those that are sent: a document's version, time and cause stand in the middle of it (ADR
   * 0003).
   */
  private static byte[] digest(HostInventory inventory) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
        Codecs.HOST_INVENTORY.write(inventory, out);
      }
      return digest.digest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
