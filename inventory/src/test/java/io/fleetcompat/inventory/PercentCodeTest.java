package io.fleetcompat.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Percent-coding, both ways. */
class PercentCodeTest {

  @ParameterizedTest
  @CsvSource({"a b, a%20b", "a+b, a%2Bb", "é, %C3%A9", "😀, %F0%9F%98%80", "-._~, -._~", "*, %2A"})
  void allButUnreservedCharactersAreEncoded(String text, String encoded) {
    assertThat(PercentCode.encode(text)).isEqualTo(encoded);
    assertThat(PercentCode.decode(encoded)).isEqualTo(text);
  }

  @Test
  void aPlusIsASpaceInAQueryOnly() {
    assertThat(PercentCode.decode("a+b%2B")).isEqualTo("a+b+");
    assertThat(PercentCode.decodeQuery("a+b%2B")).isEqualTo("a b+");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "a%2", "%zz", "%-1", "%2 ", "%é"})
  void aPercentSignNeedsTwoDigits(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PercentCode.decode(text))
        .withMessage("expected two hexadecimal digits after '%', found '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%ff", "%C3", "%ed%a0%80"})
  void bytesMustBeUtf8(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PercentCode.decodeQuery(text))
        .withMessage("expected UTF-8 after percent-decoding, found '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void decodeInvertsEncode(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        int point = random.nextInt(Character.MAX_CODE_POINT + 1);
        boolean surrogate = point <= 0xffff && Character.isSurrogate((char) point);
        text.appendCodePoint(surrogate ? '%' : point);
      }
      String encoded = PercentCode.encode(text.toString());
      assertThat(encoded).matches("[A-Za-z0-9._~%-]*");
      assertThat(PercentCode.decode(encoded)).as("seed %d", seed).isEqualTo(text.toString());
    }
  }
}
