package io.fleetcompat.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordMarkTest {

  private static final Generations FIRST = Generations.NONE.rotated();
  private static final FleetKey FLEET = new FleetKey(Secret.parse("A".repeat(43) + "="));
  private static final HostRecord RECORD = record("host-inventory", "a", "value");

  private static HostRecord record(String topic, String key, @Nullable String value) {
    return new HostRecord(topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
  }

  private static Headers headers(Header... mark) {
    return new RecordHeaders(mark);
  }

  private static Code code(HostRecord record, Headers headers, Generations accepted) {
    try {
      FLEET.checkDocument("a", record, headers, accepted);
    } catch (BadRecordException e) {
      return e.code();
    }
    throw new AssertionError("expected a refusal");
  }

  @Test
  void aMarkIsKnownByTheFleetsKey() throws BadRecordException {
    Header mark = FLEET.host("a", 1).markDocument(RECORD, 5, 6);
    assertThat(FLEET.checkDocument("a", RECORD, headers(mark), FIRST))
        .isEqualTo(new RecordStamp(1, 5, 6));
  }

  /** Another implementation, in any language, makes the same bytes (docs/keys.md). */
  @Test
  void itsBytesAreStable() {
    Header mark = FLEET.host("a", 1).markDocument(RECORD, 5, 6);
    assertThat(mark.key()).isEqualTo("fleetcompat-mark");
    assertThat(HexFormat.of().formatHex(mark.value()))
        .isEqualTo(
            "0100000001000000000000000500000000000000066c8aab1a4c4b5bc5"
                + "b1bcf06d07b46e7b9d54193f138535db4d39f7ed28ee95c3");
  }

  @Test
  void everyBitOfAMarkCounts() {
    Header mark = FLEET.host("a", 1).markDocument(RECORD, 5, 6);
    for (int bit = 0; bit < mark.value().length * Byte.SIZE; bit++) {
      byte[] other = mark.value().clone();
      other[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      assertThat(code(RECORD, headers(new RecordHeader(mark.key(), other)), FIRST))
          .isIn(Code.FORGED, Code.UNSIGNED);
    }
  }

  @Test
  void everyPartOfARecordCounts() {
    Header mark = FLEET.host("a", 1).markDocument(RECORD, 5, 6);
    for (HostRecord other :
        List.of(
            record("host-inventorx", "a", "value"),
            record("host-inventory", "b", "value"),
            record("host-inventory", "a", "valuf"),
            record("host-inventory", "a", ""),
            record("host-inventory", "av", "alue"),
            record("host-inventory", "a", null))) {
      assertThat(code(other, headers(mark), FIRST)).isEqualTo(Code.FORGED);
    }
  }

  @Test
  void aTombstonesMarkIsNotThatOfAnEmptyValue() {
    Header mark = FLEET.host("a", 1).markDocument(record("host-inventory", "a", null), 5, 6);
    assertThat(code(record("host-inventory", "a", ""), headers(mark), FIRST))
        .isEqualTo(Code.FORGED);
  }

  @Test
  void noMarkAndAMalformedOneAreUnsigned() {
    assertThat(code(RECORD, headers(), FIRST)).isEqualTo(Code.UNSIGNED);
    for (int bytes = 0; bytes < 60; bytes++) {
      Header bad = new RecordHeader("fleetcompat-mark", new byte[bytes]);
      assertThat(code(RECORD, headers(bad), FIRST)).isEqualTo(Code.UNSIGNED);
    }
    assertThat(code(RECORD, headers(new NoValue("fleetcompat-mark")), FIRST))
        .isEqualTo(Code.UNSIGNED);
  }

  /** A header without a value, as Kafka may hand one over. */
  private record NoValue(String key) implements Header {
    @Override
    public byte @Nullable [] value() {
      return null;
    }
  }

  @Test
  void ofTwoMarksTheLastCounts() {
    Header mark = FLEET.host("a", 1).markDocument(RECORD, 5, 6);
    Header other = new RecordHeader("fleetcompat-mark", new byte[] {1});
    assertThat(code(RECORD, headers(mark, other), FIRST)).isEqualTo(Code.UNSIGNED);
  }

  @Test
  void generationsCountAsTheyAreRegistered() {
    Header second = FLEET.host("a", 2).markDocument(RECORD, 5, 6);
    assertThat(code(RECORD, headers(second), FIRST)).isEqualTo(Code.FORGED);
    assertThat(code(RECORD, headers(second), Generations.NONE)).isEqualTo(Code.FORGED);
    assertThat(FIRST.accept(1)).isTrue();
    assertThat(FIRST.rotated()).isEqualTo(new Generations(1, 2, false));
    assertThat(FIRST.rotated().rotated()).isEqualTo(new Generations(1, 3, false));
    assertThat(FIRST.rotated().newestAlone()).isEqualTo(new Generations(2, 2, false));
    assertThat(FIRST.withdrawn().accept(1)).isFalse();
    assertThat(FIRST.withdrawn().rotated()).isEqualTo(new Generations(2, 2, false));
    assertThat(new Generations(1, 3, false).from(2)).isEqualTo(new Generations(2, 3, false));
  }

  @Test
  void heartbeatsAreKnownWithoutTheKeyOfDocuments() throws BadRecordException {
    HostRecord beat = record("host-capacity", "a", "beat");
    Header mark = FLEET.host("a", 4).markHeartbeat(beat, 5, 6);
    assertThat(FLEET.heartbeats().check("a", beat, headers(mark), Generations.ANY))
        .isEqualTo(new RecordStamp(4, 5, 6));
    Header document = FLEET.host("a", 4).markDocument(beat, 5, 6);
    assertThatThrownBy(
            () -> FLEET.heartbeats().check("a", beat, headers(document), Generations.ANY))
        .isInstanceOf(BadRecordException.class);
  }

  @Test
  void anotherFleetsMarkIsForged() {
    Header mark = FleetKey.random(new SecureRandom()).host("a", 1).markDocument(RECORD, 5, 6);
    assertThat(code(RECORD, headers(mark), FIRST)).isEqualTo(Code.FORGED);
  }
}
