package io.fleetcompat.oracle.simulated;

import io.fleetcompat.inventory.Capacities;
import io.fleetcompat.schemas.CapacityRecord;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.InventoryDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A document that no collector made, and a heartbeat that names it. Immutable.
 *
 * @param isGreatest true where no document can be newer
 */
@SuppressWarnings("ArrayRecordComponent")
record Lie(byte[] document, byte[] heartbeat, boolean isGreatest) {

  /** A lie about a host: that it has something in every place. */
  static Lie of(
      SimulatedHost host, String name, Catalogue catalogue, long now, SplittableRandom random) {
    int[] contents = host.contents();
    for (int place = 0; place < contents.length; place++) {
      contents[place] = catalogue.pick(place, random.nextLong());
    }
    int how = random.nextInt(10);
    boolean isGreatest = how == 0;
    DocumentVersion version =
        isGreatest
            ? new DocumentVersion(Long.MAX_VALUE, Long.MAX_VALUE)
            : host.nextVersion(how < 4 ? 0 : 1);
    byte[] document =
        Codecs.HOST_INVENTORY.encode(
            InventoryDocument.sent(
                InventoryDocument.of(host.reading(contents), name, Map.of("pool", "p0")),
                version,
                Instant.ofEpochMilli(now),
                "hint",
                List.of()));
    DocumentId named = new DocumentId(version, Optional.of(DocumentDigest.of(document)));
    byte[] heartbeat =
        Codecs.HOST_CAPACITY.encode(
            CapacityRecord.of(name, named, Instant.ofEpochMilli(now), Capacities.NONE, false));
    return new Lie(document, heartbeat, isGreatest);
  }
}
