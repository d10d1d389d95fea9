package io.fleetcompat.oracle.simulated;

import io.fleetcompat.oracle.simulated.FakeLog.Entry;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.avro.HostCapacity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The heartbeats that a replica has read since its start, and what they let it say of hosts. One
 * thread.
 */
final class ReadHeartbeats {

  /** Most that a view may be behind a document that a heartbeat has named. */
  private static final long MAX_BEHIND = HeardSightings.MAX_BEHIND.toMillis();

  private final List<SimulatedHost> hosts;
  private final int places;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<List<Named>> named = new ArrayList<>();
  private final List<Gone> gone = new ArrayList<>();
  private final long[] lastBeat;
  private final Optional<KeyRegistry> registry;

  /** The registered keys of each host that were read. */
  private final int[] keys;

  /** The newest heartbeat of each host, by the order in which it sent them. */
  private final Origin[] newest;

  /** A document that a heartbeat named. */
  private record Named(DocumentVersion version, long at) {}

  /**
   * The last removal of a host.
   *
   * @param before the documents that were named until then
   */
  private record Gone(int before, long at) {}

  /**
   * @param registry of the hosts' keys; empty where records are not marked
   */
  ReadHeartbeats(List<SimulatedHost> hosts, int places, Optional<KeyRegistry> registry) {
    this.hosts = hosts;
    this.places = places;
    this.registry = registry;
    this.keys = new int[hosts.size()];
    this.newest = new Origin[hosts.size()];
    Arrays.fill(newest, Origin.PLAIN);
    this.lastBeat = new long[hosts.size()];
    for (int i = 0; i < hosts.size(); i++) {
      numbers.put(hosts.get(i).name(), i);
      named.add(new ArrayList<>());
      gone.add(new Gone(0, 0));
    }
  }

  /** A registered key was read: a host that was heard with one that counts no more has ended. */
  void readKey(Entry entry) {
    host(entry)
        .ifPresent(
            host -> {
              KeyRegistry all = registry.orElseThrow();
              String name = hosts.get(host).name();
              keys[host] = all.upTo(name, entry.offset());
              if (!all.countedBy(name, keys[host], newest[host].generation())) {
                named.get(host).clear();
                gone.set(host, new Gone(0, 0));
              }
            });
  }

  /** A record of the topic of heartbeats was read. */
  void read(Entry entry) {
    host(entry).filter(host -> isBelieved(host, entry.origin())).ifPresent(h -> take(h, entry));
  }

  private Optional<Integer> host(Entry entry) {
    return Optional.ofNullable(entry.key())
        .map(key -> numbers.get(new String(key, StandardCharsets.UTF_8)));
  }

  /**
   * True where the host's own collector sent it, marked with a key that counts, after all others.
   */
  private boolean isBelieved(int host, Origin origin) {
    if (origin.isForeign()) {
      return false;
    }
    if (registry.isEmpty()) {
      return true;
    }
    String name = hosts.get(host).name();
    boolean counts =
        keys[host] == 0 || registry.get().countedBy(name, keys[host], origin.generation());
    if (!counts || origin.compareTo(newest[host]) <= 0) {
      return false;
    }
    newest[host] = origin;
    return true;
  }

  private void take(int host, Entry entry) {
    if (entry.value() == null) {
      gone.set(host, new Gone(named.get(host).size(), entry.timestamp()));
      return;
    }
    try {
      HostCapacity heartbeat = Codecs.HOST_CAPACITY.decode(entry.value());
      if (heartbeat.getHost().equals(hosts.get(host).name())) {
        named.get(host).add(new Named(DocumentVersion.of(heartbeat), entry.timestamp()));
        lastBeat[host] = entry.timestamp();
      }
    } catch (BadRecordException e) {
      // nobody can say what it was
    }
  }

  /**
   * True where somebody has written with a generation of the host's key that counts, as far as
   * whoever has read what was read can know, or reads what is there: nothing is promised of it.
   */
  boolean isStolen(int host) {
    return registry.isPresent()
        && registry.get().stolen(hosts.get(host).name()).stream().anyMatch(g -> counts(host, g));
  }

  private boolean counts(int host, int generation) {
    return registry.isEmpty()
        || registry.get().countsSince(hosts.get(host).name(), keys[host], generation);
  }

  /** The time of a host's newest heartbeat. */
  long last(int host) {
    return lastBeat[host];
  }

  /**
   * The contents that each place of each host may be answered by, as bits: a heartbeat names a
   * document with it, no newer one was named for longer than a view may be behind, and the host was
   * so at some time since the bound.
   */
  long[] believable(long bound, long fleetNow) {
    long[] bits = new long[hosts.size() * places];
    for (int host = 0; host < hosts.size(); host++) {
      List<Named> all = named.get(host);
      Gone end = gone.get(host);
      boolean ended = fleetNow - end.at > MAX_BEHIND;
      boolean silent = !counts(host, newest[host].generation());
      for (Named each : all.subList(silent ? all.size() : ended ? end.before : 0, all.size())) {
        Optional<int[]> contents = hosts.get(host).document(each.version);
        if (contents.isPresent() && !superseded(each.version, all, fleetNow)) {
          add(contents.get(), bits, host * places);
        }
      }
      for (int place = 0; place < places; place++) {
        bits[host * places + place] &= hosts.get(host).since(place, bound);
      }
    }
    return bits;
  }

  private static void add(int[] contents, long[] bits, int first) {
    for (int place = 0; place < contents.length; place++) {
      if (contents[place] != SimulatedHost.NOTHING) {
        bits[first + place] |= 1L << contents[place];
      }
    }
  }

  private static boolean superseded(DocumentVersion version, List<Named> all, long fleetNow) {
    for (Named other : all) {
      if (other.version.isNewerThan(version) && fleetNow - other.at > MAX_BEHIND) {
        return true;
      }
    }
    return false;
  }

  /** All that is known of a host, as people read it. */
  String about(int host) {
    return "named %s, gone %s, newest %s of %d keys"
        .formatted(named.get(host), gone.get(host), newest[host], keys[host]);
  }
}
