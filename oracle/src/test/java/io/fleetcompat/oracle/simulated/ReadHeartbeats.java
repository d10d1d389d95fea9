package io.fleetcompat.oracle.simulated;

import io.fleetcompat.oracle.simulated.FakeLog.Entry;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.avro.HostCapacity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

  /** A document that a heartbeat named. */
  private record Named(DocumentVersion version, long at) {}

  /**
   * The last removal of a host.
   *
   * @param before the documents that were named until then
   */
  private record Gone(int before, long at) {}

  ReadHeartbeats(List<SimulatedHost> hosts, int places) {
    this.hosts = hosts;
    this.places = places;
    this.lastBeat = new long[hosts.size()];
    for (int i = 0; i < hosts.size(); i++) {
      numbers.put(hosts.get(i).name(), i);
      named.add(new ArrayList<>());
      gone.add(new Gone(0, 0));
    }
  }

  /** A record of the topic of heartbeats was read. */
  void read(Entry entry) {
    if (entry.key() == null) {
      return;
    }
    Integer host = numbers.get(new String(entry.key(), StandardCharsets.UTF_8));
    if (host == null) {
      return;
    }
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
      for (Named each : all.subList(ended ? end.before : 0, all.size())) {
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
    return "named %s, gone %s".formatted(named.get(host), gone.get(host));
  }
}
