package io.fleetcompat.oracle.simulated;

import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * The administrator of a fleet's keys, with all that he has ever registered, which is what the
 * observer goes by. One thread.
 */
final class KeyRegistry {

  private final FleetKey fleet;
  private final FakeLog log;
  private final Topics topics;
  private final LongSupplier clock;
  private final Map<String, Generations> now = new HashMap<>();
  private final Map<String, List<Registered>> history = new HashMap<>();

  /** The generations that somebody else has who has written with them. */
  private final Map<String, List<Integer>> stolen = new HashMap<>();

  /** The heartbeat of each host with its newest key that came when that was known to count. */
  private final Map<String, Used> used = new HashMap<>();

  private record Used(int generation, long offset) {}

  /**
   * Generations that were registered once: what counts by them is said without the product's code.
   */
  private record Registered(long offset, int oldest, int newest, boolean revoked) {
    private boolean counts(int generation) {
      return !revoked && generation >= oldest && generation <= newest;
    }
  }

  KeyRegistry(FakeLog log, Topics topics, LongSupplier clock, long seed) {
    this.fleet = FleetKey.random(new Seeded(seed));
    this.log = log;
    this.topics = topics;
    this.clock = clock;
  }

  /** Secrets that a seed makes again. */
  private static final class Seeded extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient SplittableRandom random;

    private Seeded(long seed) {
      this.random = new SplittableRandom(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }

  FleetKey fleet() {
    return fleet;
  }

  /** The newest generations that are registered of a host. */
  Generations of(String host) {
    return now.getOrDefault(host, Generations.NONE);
  }

  /** Registers others. */
  void register(String host, Generations next) {
    now.put(host, next);
    history
        .computeIfAbsent(host, added -> new ArrayList<>())
        .add(new Registered(end(host), next.oldest(), next.newest(), next.revoked()));
    log.append(
        topics.keys().name(),
        RecordKeys.HOST.encode(host),
        Codecs.REGISTERED_KEY.encode(
            next.record(Instant.ofEpochMilli(clock.getAsLong()), "simulated")),
        clock.getAsLong());
  }

  /** True where a generation of the host's key counts by the newest that is registered. */
  boolean counts(String host, int generation) {
    List<Registered> all = history.getOrDefault(host, List.of());
    return !all.isEmpty() && all.getLast().counts(generation);
  }

  /**
   * True where a generation counts for whoever has read so many of the host's records, or any of
   * those after them.
   */
  boolean countsSince(String host, int read, int generation) {
    List<Registered> all = history.getOrDefault(host, List.of());
    return all.subList(Math.max(0, read - 1), all.size()).stream()
        .anyMatch(each -> each.counts(generation));
  }

  /** True where a generation counts by the last of so many records of the host. */
  boolean countedBy(String host, int read, int generation) {
    return history.getOrDefault(host, List.of()).get(read - 1).counts(generation);
  }

  /** The number of records of a host up to an offset. */
  int upTo(String host, long offset) {
    return (int)
        history.getOrDefault(host, List.of()).stream()
            .filter(each -> each.offset <= offset)
            .count();
  }

  private long end(String host) {
    return partition(topics.keys(), host).end();
  }

  private FakeLog.Partition partition(Topic<?, ?> topic, String host) {
    return log.partitionOf(topic.name(), RecordKeys.HOST.encode(host));
  }

  /** True where the newest document in the topic is not the host's newest. */
  boolean isOvertaken(String host) {
    Origin newest = Origin.PLAIN;
    Origin last = Origin.PLAIN;
    byte[] key = RecordKeys.HOST.encode(host);
    for (FakeLog.Entry entry : partition(topics.hostInventory(), host).committed()) {
      if (Arrays.equals(key, entry.key())) {
        last = entry.origin();
        newest = last.compareTo(newest) > 0 ? last : newest;
      }
    }
    return last.compareTo(newest) != 0;
  }

  /** A heartbeat of the host itself has arrived. */
  void heard(String host, int generation, long offset, FakeIndexer indexer) {
    List<Registered> all = history.getOrDefault(host, List.of());
    if (counts(host, generation)
        && indexer.hasPlaced(partition(topics.keys(), host), all.getLast().offset)) {
      used.merge(
          host,
          new Used(generation, offset),
          (before, next) -> next.generation > before.generation ? next : before);
    }
  }

  /**
   * True where the indexer has heard the host with a newer generation, and will not forget that.
   */
  boolean isReplaced(String host, int generation, FakeIndexer indexer) {
    Used newest = used.get(host);
    return newest != null
        && newest.generation > generation
        && indexer.hasPlaced(partition(topics.hostCapacity(), host), newest.offset);
  }

  /** Somebody has written with a generation of the host's key. */
  void stole(String host, int generation) {
    stolen.computeIfAbsent(host, added -> new ArrayList<>()).add(generation);
  }

  /** The generations that somebody has written with. */
  List<Integer> stolen(String host) {
    return stolen.getOrDefault(host, List.of());
  }
}
