package io.fleetcompat.indexer.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.ExtentRecord;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.avro.AttributeEntry;
import io.fleetcompat.schemas.avro.AttributeState;
import io.fleetcompat.schemas.avro.Content;
import io.fleetcompat.schemas.avro.EndpointEntry;
import io.fleetcompat.schemas.avro.EndpointEntryKind;
import io.fleetcompat.schemas.avro.HostInventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Documents that are small, and from which much would follow. */
class DocumentProfilesTest {

  /** Endpoints whose entries fit into a record beside a content of 3 MiB. */
  private static final int MANY = Limits.ENDPOINTS;

  private static final String LARGE = "x".repeat(Limits.TEXT);

  @Test
  void endpointsThatShareALargeContentMayNotEachHaveALargeProfile() {
    HostInventory document =
        document(List.of(patterns(20)), i -> endpoint(i, EndpointEntryKind.MDEV_TYPE, "t" + i, -1));
    assertTooLarge(document, "profiles have, with what they are made from, at most");
  }

  @Test
  void norMayTheyEachHaveLargeValues() {
    List<AttributeEntry> own = List.of(text("fps", LARGE));
    List<AttributeEntry> type =
        List.of(
            text("device_api", "a"),
            text("dynamic_resources", "fps"),
            text("software_version", "1.0"));
    HostInventory document =
        document(
            List.of(new Content(own), new Content(type)),
            i -> endpoint(i, EndpointEntryKind.MDEV_DEVICE, "t", 1));
    assertTooLarge(document, "placement fits into");
  }

  @Test
  void oneProfileThatFitsIntoNoRecordIsTooLarge() {
    HostInventory document =
        document(List.of(patterns(45)), i -> endpoint(i, EndpointEntryKind.MDEV_TYPE, "t", -1));
    assertTooLarge(document, "profile fits into " + Limits.RECORD_BYTES);
  }

  @Test
  void endpointsWithTheSameLargeProfileAreLookedAtOnce() throws BadRecordException {
    HostInventory document =
        document(List.of(patterns(4)), i -> endpoint(i, EndpointEntryKind.MDEV_TYPE, "t", -1));
    PlacedDocument placed = placed(document);
    assertThat(PlacementRecord.endpoints(placed.placement())).hasSize(MANY);
    assertThat(placed.contents()).hasSize(1);
    assertThat(placed.encode()).hasSizeLessThan(Limits.RECORD_BYTES);
  }

  private static void assertTooLarge(HostInventory document, String expected) {
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> placed(document))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.TOO_LARGE))
        .withMessageContaining(expected);
  }

  /** As it comes from Kafka. */
  private static PlacedDocument placed(HostInventory document) throws BadRecordException {
    byte[] bytes = Codecs.HOST_INVENTORY.encode(document);
    return PlacedDocument.of(
        new KnownProfiles(),
        HostLabels.POOL,
        Codecs.HOST_INVENTORY.decode(bytes),
        new PlacedDocument.Source(0, 0, DocumentDigest.of(bytes)),
        List.of());
  }

  /** A content that is a compatible list of so many large patterns. */
  private static Content patterns(int count) {
    List<AttributeEntry> entries = new ArrayList<>();
    for (int i = 10; i < 10 + count; i++) {
      entries.add(text("migration/compatible/" + i + "/a", LARGE));
    }
    return new Content(entries);
  }

  private static AttributeEntry text(String path, String value) {
    return new AttributeEntry(path, AttributeState.TEXT, value);
  }

  private static EndpointEntry endpoint(
      int number, EndpointEntryKind kind, String mdevType, int type) {
    String name = "p%05d".formatted(number);
    return new EndpointEntry(
        kind == EndpointEntryKind.MDEV_TYPE ? name + "/t" : name,
        kind,
        mdevType,
        0,
        type,
        -1,
        -1,
        -1,
        -1);
  }

  private static HostInventory document(
      List<Content> contents, IntFunction<EndpointEntry> endpoints) {
    return new HostInventory(
        "h",
        1L,
        2L,
        Instant.EPOCH,
        Map.of(),
        null,
        List.of(),
        Map.of(),
        Map.of(),
        contents,
        IntStream.range(0, MANY).mapToObj(endpoints).toList(),
        List.of(),
        List.of(),
        "scan",
        List.of(),
        ExtentRecord.whole(),
        List.of(),
        null,
        List.of());
  }
}
