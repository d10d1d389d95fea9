package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.schemas.BadRecordException.Code;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys have one spelling, and everything else is a bad record. */
class RecordKeysTest {

  private static final String HEX = "0123456789abcdef0123456789abcdef";
  private static final RuleSetId SET = RuleSetId.of("3[mutual]");

  @Test
  void aKeyComesBackEqual() throws BadRecordException {
    assertSame(RecordKeys.HOST, "größe.example", "größe.example");
    assertSame(RecordKeys.PROFILE, HEX, HEX);
    assertSame(RecordKeys.MATRIX, new MatrixKey.Rules(SET), SET + "/rules");
    assertSame(RecordKeys.MATRIX, new MatrixKey.Generation(SET), SET + "/generation");
    assertSame(RecordKeys.MATRIX, new MatrixKey.Row(SET, HEX), SET + "/" + HEX);
    assertSame(RecordKeys.MATRIX, new MatrixKey.InForce(), "in-force");
    assertSame(RecordKeys.MATRIX, new MatrixKey.Refused(), "refused");
    assertSame(RecordKeys.MATRIX, new MatrixKey.Superseded(HEX), HEX);
    assertSame(RecordKeys.MATRIX, MatrixKey.Superseded.GENERATION, "generation");
    assertSame(RecordKeys.CENSUS, new CensusKey(31, HEX), "31/" + HEX);
    assertSame(RecordKeys.PROBE, new ProbeKey(HEX, HEX), HEX + "/" + HEX);
    assertSame(RecordKeys.REJECTED, RecordKeys.rejected("t", 1, 2), "t/1/2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "0/", "00/" + HEX, "-1/" + HEX, "1/" + HEX + "0", "1/ABCDEF"})
  void whatIsNoCensusKeyIsInvalid(String text) {
    assertInvalid(RecordKeys.CENSUS, text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Generation", "0123456789ABCDEF0123456789ABCDEF", HEX + " "})
  void whatIsNoMatrixKeyIsInvalid(String text) {
    assertInvalid(RecordKeys.MATRIX, text.getBytes(StandardCharsets.UTF_8));
    assertInvalid(RecordKeys.PROFILE, text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/rules", "0123456789abcde/rules", "0123456789abcdef/in-force", "rules"})
  void whatIsNoKeyOfARuleSetIsInvalid(String text) {
    assertInvalid(RecordKeys.MATRIX, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void noKeyAndBytesThatAreNotUtf8AreInvalid() {
    assertInvalid(RecordKeys.HOST, null);
    assertInvalid(RecordKeys.HOST, new byte[] {'h', (byte) 0xff});
    assertInvalid(RecordKeys.MATRIX, new byte[] {'g', (byte) 0xff});
    assertInvalid(RecordKeys.CENSUS, new byte[] {'0', '/', (byte) 0xff});
    assertInvalid(RecordKeys.HOST, "a/b".getBytes(StandardCharsets.UTF_8));
  }

  private static <K> void assertSame(KeyCodec<K> codec, K key, String spelled)
      throws BadRecordException {
    byte[] bytes = codec.encode(key);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(spelled);
    assertThat(codec.decode(bytes)).isEqualTo(key);
  }

  private static void assertInvalid(
      KeyCodec<?> codec, byte @org.jspecify.annotations.Nullable [] bytes) {
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(() -> codec.decode(bytes))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Code.INVALID));
  }
}
