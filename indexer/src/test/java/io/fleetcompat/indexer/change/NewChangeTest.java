package io.fleetcompat.indexer.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bounds of a change's record: whatever has changed, every reader takes what is told of it. */
class NewChangeTest {

  private static final String LONG = wide("", 9000);

  /** Three bytes each in UTF-8. */
  private static String wide(String unique, int length) {
    return unique + "€".repeat(length - unique.length());
  }

  private static ChangeRecord decoded(NewChange change, Optional<byte[]> before) throws Exception {
    byte[] encoded = Codecs.CHANGE.encode(change.record(before));
    assertThat(encoded).hasSizeLessThanOrEqualTo(Limits.VALUE_BYTES);
    return Codecs.CHANGE.decode(encoded);
  }

  @Test
  void theLargestChangeFitsIntoARecord() throws Exception {
    NewChange change = NewChange.of(ChangeCause.POOL_CHANGED);
    for (int i = 0; i < 1000; i++) {
      change.value(wide("value " + i, Limits.PATH), Optional.of(LONG), Optional.empty());
    }
    List<EndpointMove> moves = new ArrayList<>();
    for (int i = 0; i < 2 * ChangeRoom.MOVES; i++) {
      byte[] from = ByteBuffer.allocate(16).putInt(i).array();
      moves.add(
          new EndpointMove(
              new FingerprintBytes(from),
              new FingerprintBytes(from),
              Integer.MAX_VALUE - 1,
              Integer.MAX_VALUE - 1,
              List.of(i < 1000 ? wide("endpoint " + i, Limits.PATH) : "endpoint " + i),
              List.of(new ChangedValue("a", LONG, LONG))));
    }
    change.moves(moves).pool(wide("p", Limits.VALUE)).pool(wide("q", Limits.VALUE));
    byte[] before = new byte[Limits.CHANGED_BEFORE_BYTES];
    ChangeRecord record = decoded(change, Optional.of(before));
    assertThat(record.getBefore().remaining()).isEqualTo(before.length);
    assertThat(record.getBeforeOmitted()).isFalse();
    assertThat(record.getMoves()).hasSize(ChangeRoom.MOVES);
    assertThat(record.getValues()).isNotEmpty();
  }

  @Test
  void namesAndVersionsHaveRoomBeforeWhateverElseHasChanged() throws Exception {
    NewChange change = NewChange.of(ChangeCause.HOST_RENAMED);
    List<String> sought =
        List.of("driver/nvidia", "fact/nvidia.vgpu_manager_version", "host", "kernel");
    for (int i = 0; i < Limits.CHANGED_VALUES; i++) {
      change.value("claim/%04d".formatted(i), Optional.of("1"), Optional.of("2"));
    }
    sought.forEach(name -> change.value(name, Optional.of("1"), Optional.of("2")));
    assertThat(decoded(change, Optional.empty()).getValues())
        .hasSize(Limits.CHANGED_VALUES)
        .extracting(ChangedValue::getName)
        .containsAll(sought);
    for (int i = 0; i < Limits.CHANGED_VALUES; i++) {
      change.value("driver/%04d".formatted(i), Optional.of("1"), Optional.of("2"));
    }
    assertThat(decoded(change, Optional.empty()).getValues())
        .extracting(ChangedValue::getName)
        .contains("host");
  }

  @Test
  void aValueOfBeforeThatIsTooLargeIsLeftOutAndTheRecordSaysSo() throws Exception {
    byte[] before = new byte[Limits.CHANGED_BEFORE_BYTES + 1];
    ChangeRecord record = decoded(NewChange.of(ChangeCause.POOL_GONE), Optional.of(before));
    assertThat(record.getBefore()).isNull();
    assertThat(record.getBeforeOmitted()).isTrue();
  }

  @Test
  void longValuesAreCutWithAMark() throws Exception {
    NewChange change =
        NewChange.of(ChangeCause.LABEL_CHANGED)
            .value("label/x", Optional.of("a".repeat(2000)), Optional.of("b"));
    ChangedValue value = decoded(change, Optional.empty()).getValues().getFirst();
    assertThat(value.getFrom()).hasSize(Limits.CHANGED_VALUE).endsWith("a…");
    assertThat(value.getTo()).isEqualTo("b");
  }

  @Test
  void halfOfACharacterIsNotLeft() {
    assertThat(CutText.of("ab😀c", 4)).isEqualTo("ab…");
    assertThat(CutText.of("ab😀", 4)).isEqualTo("ab😀");
  }

  @Test
  void namesThatAreCutAlikeAreOne() throws Exception {
    NewChange change = NewChange.of(ChangeCause.LABEL_CHANGED);
    String same = "x".repeat(Limits.PATH);
    for (String end : List.of("1", "2", "")) {
      change.value(same + end, Optional.of("a"), Optional.of("b"));
    }
    assertThat(decoded(change, Optional.empty()).getValues()).hasSize(2);
  }

  @Test
  void theFirstOfVeryManyAreTold() throws Exception {
    NewChange change = NewChange.of(ChangeCause.LABEL_CHANGED);
    IntStream.range(0, 1000)
        .forEach(i -> change.value("v%04d".formatted(i), Optional.of("a"), Optional.of("b")));
    List<ChangedValue> told = decoded(change, Optional.empty()).getValues();
    assertThat(told).hasSize(Limits.CHANGED_VALUES);
    assertThat(told.getLast().getName()).isEqualTo("v0255");
  }

  @Test
  void causesAreInTheirOrderAndOnce() throws Exception {
    NewChange change =
        NewChange.of(ChangeCause.POOL_CHANGED)
            .cause(ChangeCause.DRIVER_UPGRADE)
            .cause(ChangeCause.POOL_CHANGED)
            .value("same", Optional.of("a"), Optional.of("a"));
    ChangeRecord record = decoded(change, Optional.empty());
    assertThat(record.getCauses())
        .containsExactly(ChangeCause.DRIVER_UPGRADE, ChangeCause.POOL_CHANGED);
    assertThat(record.getValues()).as("a value that is the same").isEmpty();
  }
}
