package io.fleetcompat.oracle.simulated;

import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.oracle.simulated.FakeLog.Entry;
import io.fleetcompat.oracle.simulated.FakeLog.Partition;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may write to the topics of collectors, in a fleet with keys: who lies without a
 * mark, with one that is another's, of another record, or of a key that was taken away or is
 * stolen; who says once more what was said, and invents hosts. One thread.
 */
final class Forger {

  private static final String HEADER = "fleetcompat-mark";
  private static final int MARK_BYTES = 53;

  /** The records, or pairs of them, that come together. */
  private static final int AT_ONCE = 3;

  /** The records at the end of the log that are mostly said again. */
  private static final int NEWEST = 4;

  private final FakeLog log;
  private final Topics topics;
  private final Catalogue catalogue;
  private final LongSupplier clock;
  private final KeyRegistry registry;
  private final List<SimulatedHost> hosts;
  private final FakeIndexer indexer;

  /** The way in which forged records are marked. */
  private interface Marking {
    List<Header> of(String topic, byte[] key, byte @Nullable [] value);
  }

  Forger(
      FakeLog log,
      Topics topics,
      Catalogue catalogue,
      LongSupplier clock,
      KeyRegistry registry,
      List<SimulatedHost> hosts,
      FakeIndexer indexer) {
    this.log = log;
    this.topics = topics;
    this.catalogue = catalogue;
    this.clock = clock;
    this.registry = registry;
    this.hosts = hosts;
    this.indexer = indexer;
  }

  /** Writes some records, mostly under the name of a host. */
  void forge(SimulatedHost host, SplittableRandom random) {
    for (int i = 0; i < AT_ONCE; i++) {
      forgeOne(host, random);
    }
  }

  private void forgeOne(SimulatedHost host, SplittableRandom random) {
    switch (random.nextInt(20)) {
      case 0 -> lie(host, host.name(), (_, _, _) -> List.of(), random);
      case 1 -> lie(host, host.name(), (_, _, _) -> garbage(random), random);
      case 2, 3 -> lie(host, host.name(), anothers(host, random), random);
      case 4, 5 -> lie(host, host.name(), copied(host, random), random);
      case 6 -> documentWithTheKeyOfHeartbeats(host, random);
      case 7, 8, 9 -> lieWithAReplacedKey(host, random);
      case 10 -> steal(host, random);
      case 11, 12 -> invent(host, random);
      default -> replay(random);
    }
  }

  /** The key of a host, which marks by a stamp of his choice. */
  private Marking by(HostKey key, SimulatedHost host, SplittableRandom random) {
    boolean isGreatest = random.nextBoolean();
    long epoch = isGreatest ? Long.MAX_VALUE : host.nextVersion(0).epoch();
    long number = isGreatest ? Long.MAX_VALUE : random.nextLong(1000);
    return (topic, name, value) -> {
      HostRecord record = new HostRecord(topic, name, value);
      return List.of(
          topic.equals(topics.hostCapacity().name())
              ? key.markHeartbeat(record, epoch, number)
              : key.markDocument(record, epoch, number));
    };
  }

  private Marking anothers(SimulatedHost host, SplittableRandom random) {
    List<SimulatedHost> others = hosts.stream().filter(each -> each != host).toList();
    SimulatedHost thief = others.get(random.nextInt(others.size()));
    return by(registry.fleet().host(thief.name(), thief.generation()), host, random);
  }

  /** The mark of another record of the host; none where there is no record. */
  private Marking copied(SimulatedHost host, SplittableRandom random) {
    byte[] key = RecordKeys.HOST.encode(host.name());
    List<Header> headers = List.of();
    for (Entry entry : written(random.nextBoolean())) {
      if (entry.key() != null && Arrays.equals(entry.key(), key)) {
        headers = entry.origin().headers();
      }
    }
    List<Header> last = headers;
    return (_, _, _) -> last;
  }

  private List<Entry> written(boolean heartbeats) {
    List<Entry> all = new ArrayList<>();
    String topic = (heartbeats ? topics.hostCapacity() : topics.hostInventory()).name();
    for (Partition partition : log.partitions(topic)) {
      all.addAll(partition.committed());
    }
    return all;
  }

  private static List<Header> garbage(SplittableRandom random) {
    byte[] mark = new byte[random.nextBoolean() ? MARK_BYTES : random.nextInt(2 * MARK_BYTES)];
    random.nextBytes(mark);
    if (mark.length == MARK_BYTES) {
      // Its form and its stamp are good: generation 1, and an epoch and a number that are numbers.
      mark[0] = 1;
      mark[1] = 0;
      mark[2] = 0;
      mark[3] = 0;
      mark[4] = 1;
      mark[5] &= 0x7f;
      mark[13] &= 0x7f;
    }
    return List.of(new RecordHeader(HEADER, mark));
  }

  /** The key of query APIs makes no document. */
  private void documentWithTheKeyOfHeartbeats(SimulatedHost host, SplittableRandom random) {
    Lie lie = Lie.of(host, host.name(), catalogue, clock.getAsLong(), random);
    byte[] key = RecordKeys.HOST.encode(host.name());
    String topic = topics.hostInventory().name();
    Header mark =
        registry
            .fleet()
            .host(host.name(), host.generation())
            .markHeartbeat(
                new HostRecord(topic, key, lie.document()), Long.MAX_VALUE, Long.MAX_VALUE);
    append(topic, key, lie.document(), List.of(mark));
  }

  /**
   * Speaks for the host with a generation of its key that the indexer knows to be replaced. Not in
   * heartbeats: a replica that starts may believe them, where the key was not taken away.
   */
  private void lieWithAReplacedKey(SimulatedHost host, SplittableRandom random) {
    int generation = 1 + random.nextInt(host.generation());
    if (registry.isReplaced(host.name(), generation, indexer)) {
      Lie lie = Lie.of(host, host.name(), catalogue, clock.getAsLong(), random);
      byte[] name = RecordKeys.HOST.encode(host.name());
      String topic = topics.hostInventory().name();
      Marking marking = by(registry.fleet().host(host.name(), generation), host, random);
      append(topic, name, lie.document(), marking.of(topic, name, lie.document()));
    }
  }

  /** Speaks for the host with any generation of its key: until that is taken away, he may. */
  private void steal(SimulatedHost host, SplittableRandom random) {
    int newest = Math.max(host.generation(), registry.of(host.name()).newest());
    int generation = 1 + random.nextInt(newest);
    registry.stole(host.name(), generation);
    HostKey key = registry.fleet().host(host.name(), generation);
    lie(host, host.name(), by(key, host, random), random);
  }

  private void invent(SimulatedHost host, SplittableRandom random) {
    String name = "x" + random.nextInt(1000);
    HostKey key = registry.fleet().host(host.name(), host.generation());
    Marking marking = random.nextBoolean() ? (_, _, _) -> List.of() : by(key, host, random);
    lie(host, name, marking, random);
  }

  private void lie(SimulatedHost host, String name, Marking marking, SplittableRandom random) {
    Lie lie = Lie.of(host, name, catalogue, clock.getAsLong(), random);
    byte[] key = RecordKeys.HOST.encode(name);
    String documents = topics.hostInventory().name();
    String heartbeats = topics.hostCapacity().name();
    int what = random.nextInt(8);
    if (what < 6) {
      append(documents, key, lie.document(), marking.of(documents, key, lie.document()));
    }
    if (what > 1 && what < 7) {
      append(heartbeats, key, lie.heartbeat(), marking.of(heartbeats, key, lie.heartbeat()));
    }
    if (what >= 6) {
      append(documents, key, null, marking.of(documents, key, null));
      append(heartbeats, key, null, marking.of(heartbeats, key, null));
    }
  }

  /** Says once more what somebody has said, with its mark. */
  private void replay(SplittableRandom random) {
    boolean isHeartbeat = random.nextInt(3) > 0;
    List<Entry> all = written(isHeartbeat);
    if (!all.isEmpty()) {
      int back = random.nextBoolean() ? Math.min(NEWEST, all.size()) : all.size();
      Entry old = all.get(all.size() - 1 - random.nextInt(back));
      if (old.key() != null) {
        append(
            (isHeartbeat ? topics.hostCapacity() : topics.hostInventory()).name(),
            old.key(),
            old.value(),
            old.origin().headers());
      }
    }
  }

  private void append(String topic, byte[] key, byte @Nullable [] value, List<Header> headers) {
    long _ = log.append(topic, key, value, clock.getAsLong(), Origin.foreign(headers));
  }
}
