package io.fleetcompat.oracle.simulated;

import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Somebody who writes to the topics of collectors and is none. One thread. */
final class ForeignWriter {

  private final FakeLog log;
  private final Topics topics;
  private final Catalogue catalogue;
  private final LongSupplier clock;

  ForeignWriter(FakeLog log, Topics topics, Catalogue catalogue, LongSupplier clock) {
    this.log = log;
    this.topics = topics;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** Writes a document under the host's name, and lies. */
  void forge(SimulatedHost host, SplittableRandom random) {
    Lie lie = Lie.of(host, host.name(), catalogue, clock.getAsLong(), random);
    if (lie.isGreatest()) {
      host.forged(true);
    }
    append(topics.hostInventory().name(), RecordKeys.HOST.encode(host.name()), lie.document());
  }

  /** Writes garbage, mostly under the host's name. */
  void poison(SimulatedHost host, SplittableRandom random) {
    byte[] garbage = new byte[random.nextInt(30)];
    random.nextBytes(garbage);
    append(
        (random.nextBoolean() ? topics.hostInventory() : topics.hostCapacity()).name(),
        random.nextInt(3) == 0 ? garbage.clone() : RecordKeys.HOST.encode(host.name()),
        garbage);
  }

  private void append(String topic, byte[] key, byte[] value) {
    long _ = log.append(topic, key, value, clock.getAsLong(), Origin.foreign(List.of()));
  }
}
