package io.fleetcompat.oracle.simulated;

import io.fleetcompat.oracle.simulated.FakeLog.Partition;
import io.fleetcompat.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;

/** The things that disks, brokers and operators lose. One thread. */
final class Losses {

  private final FakeLog log;
  private final Topics topics;
  private final LongSupplier clock;

  Losses(FakeLog log, Topics topics, LongSupplier clock) {
    this.log = log;
    this.topics = topics;
    this.clock = clock;
  }

  /** A broker removes what newer records supersede: no loss, where nobody needs the others. */
  void compact(SplittableRandom random) {
    any(
            List.of(
                topics.hostInventory().name(),
                topics.hostCapacity().name(),
                topics.placements().name(),
                topics.census().name(),
                topics.profiles().name(),
                topics.matrix().name()),
            random)
        .compact();
  }

  private Partition any(List<String> names, SplittableRandom random) {
    List<Partition> of = log.partitions(names.get(random.nextInt(names.size())));
    return of.get(random.nextInt(of.size()));
  }

  /** Garbage under a key of a changelog, which the next start of its task meets. */
  static void damage(FakeTask task, SplittableRandom random) {
    // Not four bytes: those are a number, and who may write that may write anything (ADR 0034).
    byte[] garbage = new byte[5 + random.nextInt(25)];
    random.nextBytes(garbage);
    task.crash();
    task.damage(random.nextLong(), garbage);
    task.start();
  }

  /** A record of the index is gone from its topic, or a tombstone of somebody else's is there. */
  void lose(SplittableRandom random) {
    Partition from =
        any(
            List.of(topics.placements().name(), topics.profiles().name(), topics.matrix().name()),
            random);
    // Not a tombstone: that there was one, nobody can tell who has not read it.
    List<Bytes> keys =
        from.newest().entrySet().stream()
            .filter(each -> each.getValue().value() != null)
            .map(Map.Entry::getKey)
            .toList();
    if (keys.isEmpty()) {
      return;
    }
    byte[] key = keys.get(random.nextInt(keys.size())).get();
    if (random.nextBoolean()) {
      from.lose(key);
    } else {
      from.append(key, null, clock.getAsLong(), null);
    }
  }
}
