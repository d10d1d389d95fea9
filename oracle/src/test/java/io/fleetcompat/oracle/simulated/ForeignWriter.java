package io.fleetcompat.oracle.simulated;

import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    int[] lie = host.contents();
    for (int place = 0; place < lie.length; place++) {
      lie[place] = catalogue.pick(place, random.nextLong());
    }
    int how = random.nextInt(10);
    boolean greatest = how == 0;
    DocumentVersion version =
        greatest
            ? new DocumentVersion(Long.MAX_VALUE, Long.MAX_VALUE)
            : host.nextVersion(how < 4 ? 0 : 1);
    byte[] document =
        Codecs.HOST_INVENTORY.encode(
            InventoryDocument.sent(
                InventoryDocument.of(host.reading(lie), host.name(), Map.of("pool", "p0")),
                version,
                Instant.ofEpochMilli(clock.getAsLong()),
                "hint",
                List.of()));
    if (greatest) {
      host.forged(true);
    }
    append(topics.hostInventory().name(), RecordKeys.HOST.encode(host.name()), document);
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
    log.append(topic, key, value, clock.getAsLong());
  }
}
