package io.fleetcompat.indexer.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Capacities;
import io.fleetcompat.inventory.Extent;
import io.fleetcompat.inventory.HostEndpoints;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.SharedCards;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.CardsRecord;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The cards that parents share, on their way from a reading to a placement. */
class PlacedCardsTest {

  private static final SharedCards CARDS =
      new SharedCards(
          new TreeMap<>(
              Map.of(
                  "0000:3b:00.4", "0000:3b:00.0",
                  "0000:3b:00.5", "0000:3b:00.0",
                  "odd name", "0000:5e:00.0")));

  @Test
  void theyArriveAndStay() throws BadRecordException {
    HostReading reading =
        new HostReading(
            Optional.empty(),
            List.of(),
            Attributes.NONE,
            HostEndpoints.of(List.of()),
            List.of(),
            Capacities.NONE,
            List.of(),
            Extent.WHOLE,
            CARDS);
    byte[] document =
        Codecs.HOST_INVENTORY.encode(
            InventoryDocument.sent(
                InventoryDocument.of(reading, "h", Map.of()),
                new DocumentVersion(1, 1),
                Instant.EPOCH,
                "scan",
                List.of()));
    PlacedDocument made =
        PlacedDocument.of(
            new KnownProfiles(),
            HostLabels.POOL,
            Codecs.HOST_INVENTORY.decode(document),
            new PlacedDocument.Source(0, 0, DocumentDigest.of(document)),
            List.of());
    Placement placement = Codecs.PLACEMENT.decode(made.encode());
    assertThat(CardsRecord.read(placement.getCards())).isEqualTo(CARDS);
    assertThat(CardsRecord.read(HostStates.with(placement, Liveness.STALE).getCards()))
        .isEqualTo(CARDS);
  }
}
