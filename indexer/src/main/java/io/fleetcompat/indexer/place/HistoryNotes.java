package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.FormerName;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.HostSoftware;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The notes by which changes are told that placements do not show: the software of each host, its
 * last renaming that was told, the content of each profile that hosts of the partition have, and
 * that the partition's history has begun. One stream thread.
 */
final class HistoryNotes {

  private static final String BEGUN = "begun";
  private static final String HOST = "host/";
  private static final String RENAMED = "renamed/";
  private static final String PROFILE = "profile/";

  private final KeyValueStore<String, byte[]> store;

  /** Profiles whose content is known to be stored: most hosts go where others went before. */
  private final Set<Fingerprint> stored = new HashSet<>();

  HistoryNotes(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  boolean hasBegun() {
    return store.get(BEGUN) != null;
  }

  void begin() {
    store.put(BEGUN, new byte[0]);
  }

  /** The encoded software of a host; empty where it was stored by a version that kept none. */
  Optional<byte[]> software(String host) {
    return Optional.ofNullable(store.get(HOST + host));
  }

  void putSoftware(String host, byte[] software) {
    store.put(HOST + host, software);
  }

  void removeSoftware(String host) {
    store.delete(HOST + host);
  }

  /** True where the last renaming of a host that was told is this one. */
  boolean hasTold(String host, FormerName former) {
    return Arrays.equals(store.get(RENAMED + host), bytes(former));
  }

  void putTold(String host, FormerName former) {
    store.put(RENAMED + host, bytes(former));
  }

  void removeTold(String host) {
    store.delete(RENAMED + host);
  }

  private static byte[] bytes(FormerName former) {
    return (former.renamedAt().toEpochMilli() + " " + former.name())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The software; empty where another version stored it in a form that this does not know. */
  static Optional<HostSoftware> decode(byte[] software) {
    try {
      return Optional.of(Codecs.HOST_SOFTWARE.decode(software));
    } catch (BadRecordException e) {
      return Optional.empty();
    }
  }

  /**
   * The canonical content of a profile; empty where it was stored by a version that kept none, or
   * is another's.
   */
  Optional<String> content(Fingerprint profile) {
    return Optional.ofNullable(store.get(PROFILE + profile))
        .map(content -> new String(content, StandardCharsets.UTF_8))
        .filter(content -> Fingerprint.of(content).equals(profile));
  }

  /** The profiles of which there are contents: those that hosts of the partition have. */
  List<Fingerprint> profiles() {
    List<Fingerprint> profiles = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.prefixScan(PROFILE, new StringSerializer())) {
      while (all.hasNext()) {
        profile(all.next().key.substring(PROFILE.length())).ifPresent(profiles::add);
      }
    }
    return profiles;
  }

  private static Optional<Fingerprint> profile(String name) {
    try {
      return Optional.of(Fingerprint.parse(RecordKeys.PROFILE.parse(name)));
    } catch (BadRecordException e) {
      return Optional.empty(); // a key that we did not write
    }
  }

  /** Its name says its content, so what is there is right. */
  void putContent(Fingerprint profile, String canonical) {
    if (stored.add(profile)) {
      if (content(profile).isEmpty()) {
        store.put(PROFILE + profile, canonical.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  void removeContent(Fingerprint profile) {
    stored.remove(profile);
    store.delete(PROFILE + profile);
  }
}
