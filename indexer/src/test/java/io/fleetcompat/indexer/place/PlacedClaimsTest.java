package io.fleetcompat.indexer.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.Related;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.avro.Liveness;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProblemEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Claims about devices on the way from a document to a placement. */
class PlacedClaimsTest {

  private static final String FACT = "nova.live_migratable";

  private static Endpoint vf(int function, Map<String, String> facts) {
    return new Endpoint(
            EndpointName.device("0000:3b:00." + function),
            EndpointKind.PCI_FUNCTION,
            Optional.empty(),
            Attributes.NONE,
            Attributes.NONE,
            texts(Map.of("vendor", "0x15b3", "driver", "mlx5_vfio_pci")))
        .with(new Related(Attributes.NONE, Attributes.NONE, texts(facts)));
  }

  private static Attributes texts(Map<String, String> texts) {
    Map<String, Attribute> attributes = new TreeMap<>();
    texts.forEach((name, text) -> attributes.put(name, new Attribute.Text(text)));
    return Attributes.of(attributes);
  }

  private static Placement placed(Map<String, String> labels, Endpoint... endpoints)
      throws BadRecordException {
    HostReading reading =
        new HostReading(
            Optional.empty(),
            List.of(),
            Attributes.NONE,
            List.of(endpoints),
            List.of(),
            new TreeMap<>(),
            List.of());
    byte[] document =
        Codecs.HOST_INVENTORY.encode(
            InventoryDocument.sent(
                InventoryDocument.of(reading, "h", labels),
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
    return Codecs.PLACEMENT.decode(made.encode());
  }

  @Test
  void theyAreOfThePlacementAndOfNoProfile() throws BadRecordException {
    Placement placement =
        placed(
            Map.of("live_migratable", "yes"),
            vf(4, Map.of()),
            vf(5, Map.of(FACT, "no")),
            vf(6, Map.of(FACT, "maybe")));

    assertThat(placement.getClaims())
        .isEqualTo(Map.of("0000:3b:00.4", true, "0000:3b:00.5", false));
    assertThat(placement.getProfiles()).hasSize(1);
    assertThat(placement.getProblems())
        .containsExactly(
            new ProblemEntry(
                "fact/nova.live_migratable of 0000:3b:00.6",
                "malformed",
                "expected one of yes, no, found 'maybe'"));
  }

  @Test
  void aHostThatFallsSilentKeepsThem() throws BadRecordException {
    Placement placement = placed(Map.of(), vf(4, Map.of(FACT, "yes")));

    assertThat(HostStates.with(placement, Liveness.STALE).getClaims())
        .isEqualTo(Map.of("0000:3b:00.4", true));
  }
}
