package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.FormerHost;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.Rejected;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Law 1: decode ∘ encode is identity; hostile bytes are refused, and nothing worse")
class RecordCodecTest {

  private static final long SEED = 20261121;
  private static final int ROUNDS = 300;

  @Test
  void everyDocumentComesBackEqual() throws BadRecordException {
    Samples samples = new Samples(new Random(SEED));
    for (int i = 0; i < ROUNDS; i++) {
      HostReading reading = samples.reading();
      HostInventory document = samples.document(reading);
      byte[] bytes = Codecs.HOST_INVENTORY.encode(document);
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      Codecs.HOST_INVENTORY.write(document, written);
      assertThat(written.toByteArray()).isEqualTo(bytes);
      HostInventory back = Codecs.HOST_INVENTORY.decode(bytes);
      assertThat(back).as("seed %d, round %d", SEED, i).isEqualTo(document);
      assertThat(InventoryDocument.endpoints(back)).isEqualTo(reading.endpointsInContext());
    }
  }

  @Test
  void whatSaysNothingNewIsWrittenSoThatEarlierReleasesReadIt() {
    HostReading reading = new Samples(new Random(SEED)).reading();
    HostInventory plain = InventoryDocument.of(reading, "h", Map.of());
    HostInventory renamed =
        InventoryDocument.of(
            reading, "h", Map.of(), Optional.of(new FormerName("g", Instant.EPOCH)));
    assertThat(release(Codecs.HOST_INVENTORY.encode(plain), "HostInventory")).isEqualTo(4);
    assertThat(release(Codecs.HOST_INVENTORY.encode(renamed), "HostInventory")).isEqualTo(5);
    assertThat(release(change(ChangeCause.HOST_APPEARED), "ChangeRecord")).isEqualTo(1);
    assertThat(release(change(ChangeCause.HOST_RENAMED), "ChangeRecord")).isEqualTo(2);
    FormerHost former = new FormerHost("g", Instant.EPOCH);
    assertThat(release(placement(Optional.empty(), Optional.empty()), "Placement")).isEqualTo(4);
    assertThat(release(placement(Optional.of("zone"), Optional.empty()), "Placement")).isEqualTo(5);
    assertThat(release(placement(Optional.of("zone"), Optional.of(former)), "Placement"))
        .isEqualTo(6);
    assertThat(release(placement(Optional.empty(), Optional.of(former)), "Placement")).isEqualTo(6);
  }

  private static byte[] placement(Optional<String> poolLabel, Optional<FormerHost> former) {
    return Codecs.PLACEMENT.encode(
        Placement.newBuilder(RecordRulesTest.placement(List.of("a")))
            .setPoolLabel(poolLabel.orElse(null))
            .setFormerHost(former.orElse(null))
            .build());
  }

  private static byte[] change(ChangeCause cause) {
    return Codecs.CHANGE.encode(ChangeRecord.newBuilder().setCauses(List.of(cause)).build());
  }

  /** The number of the release whose schema these bytes name. */
  private static int release(byte[] bytes, String record) {
    long written = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(Short.BYTES);
    return 1
        + ReleasedSchemas.of(record).stream()
            .map(SchemaNormalization::parsingFingerprint64)
            .toList()
            .indexOf(written);
  }

  @Test
  void aRecordOfAnySizeComesBackEqual() throws BadRecordException {
    for (int length :
        new int[] {0, 1, EncodedBytes.SMALL - 40, EncodedBytes.SMALL, 3 * EncodedBytes.SMALL}) {
      Rejected record =
          new Rejected("t", 0, 1L, "c", "x".repeat(length), "f", Instant.EPOCH, null, null);
      byte[] bytes = Codecs.REJECTED.encode(record);
      assertThat(Codecs.REJECTED.decode(bytes)).as("%d", length).isEqualTo(record);
    }
  }

  @Test
  void damagedBytesAreABadRecordAndNothingElse() {
    Random random = new Random(SEED);
    Samples samples = new Samples(random);
    for (int i = 0; i < ROUNDS * 30; i++) {
      byte[] bytes = Codecs.HOST_INVENTORY.encode(samples.document(samples.reading()));
      byte[] damaged = damage(bytes, random);
      for (RecordCodec<?> codec : Codecs.all()) {
        Throwable thrown = catchThrowable(() -> codec.decode(damaged));
        if (thrown != null) {
          assertThat(thrown)
              .as("seed %d, round %d", SEED, i)
              .isInstanceOf(BadRecordException.class);
        }
      }
      Throwable thrown =
          catchThrowable(() -> InventoryDocument.endpoints(Codecs.HOST_INVENTORY.decode(damaged)));
      assertThat(thrown == null || thrown instanceof BadRecordException)
          .as("seed %d, round %d: %s", SEED, i, thrown)
          .isTrue();
    }
  }

  private static byte[] damage(byte[] bytes, Random random) {
    byte[] damaged =
        random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
    for (int i = random.nextInt(5); i > 0 && damaged.length > 12; i--) {
      damaged[10 + random.nextInt(damaged.length - 10)] = (byte) random.nextInt();
    }
    return damaged;
  }

  @Test
  void truncationAnywhereIsUndecodable() {
    Samples samples = new Samples(new Random(SEED));
    byte[] bytes = Codecs.HOST_INVENTORY.encode(samples.document(samples.reading()));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThat(codeOf(cut)).as("the first %d bytes", length).isEqualTo(Code.UNDECODABLE);
    }
  }

  @Test
  void bytesAfterTheRecordAreUndecodable() {
    Samples samples = new Samples(new Random(SEED));
    byte[] bytes = Codecs.HOST_INVENTORY.encode(samples.document(samples.reading()));
    assertThat(codeOf(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(Code.UNDECODABLE);
  }

  @Test
  void anotherFingerprintIsAnUnknownSchema() {
    byte[] bytes = Codecs.CENSUS.encode(new Census(0, new FingerprintBytes(new byte[16]), 1, null));
    assertThat(codeOf(bytes)).isEqualTo(Code.UNKNOWN_SCHEMA);
  }

  @Test
  void noValueIsUndecodable() {
    assertThatThrownBy(() -> Codecs.CENSUS.decode(null))
        .isInstanceOf(BadRecordException.class)
        .hasMessage("undecodable: expected a Census record, found no value");
  }

  @Test
  void aClaimOfManyElementsIsRefusedBeforeTheyAreAllocated() {
    byte[] header = Arrays.copyOf(Codecs.HOST_INVENTORY.encode(anyDocument()), 10);
    // host "h", epoch 0, sequence 0, observedAt 0, then labels: a block of 2^40 entries.
    byte[] hostile = Arrays.copyOf(header, 21);
    byte[] body = {2, 'h', 0, 0, 0, -128, -128, -128, -128, -128, 64};
    System.arraycopy(body, 0, hostile, 10, body.length);
    assertThat(codeOf(hostile)).isEqualTo(Code.UNDECODABLE);
  }

  @Test
  void anOversizedRecordIsTooLarge() {
    assertThat(codeOf(new byte[Limits.RECORD_BYTES + 1])).isEqualTo(Code.TOO_LARGE);
  }

  private static HostInventory anyDocument() {
    Samples samples = new Samples(new Random(SEED));
    return samples.document(samples.reading());
  }

  private static Code codeOf(byte[] bytes) {
    try {
      throw new AssertionError("decoded: " + Codecs.HOST_INVENTORY.decode(bytes));
    } catch (BadRecordException e) {
      return e.code();
    }
  }
}
