package io.fleetcompat.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile text in messages. */
class QuotedTest {

  @Test
  void whatIsNoCharacterIsAQuestionMark() {
    assertThat(Quoted.of("größe 😀")).isEqualTo("'größe 😀'");
    assertThat(Quoted.of("a\u001b[31mb")).isEqualTo("'a?[31mb'");
    assertThat(Quoted.of("a\nb\tc\u0085")).isEqualTo("'a?b?c?'");
    assertThat(Quoted.of("a\ud800b\udc00")).isEqualTo("'a?b?'");
  }

  @Test
  void aLongTextIsCutAndSaysSo() {
    assertThat(Quoted.of("x".repeat(80))).isEqualTo("'" + "x".repeat(80) + "'");
    assertThat(Quoted.of("x".repeat(81))).isEqualTo("'" + "x".repeat(80) + "…'");
    assertThat(Quoted.bare("xyz", 2)).isEqualTo("xy…");
  }

  @Test
  void aPairIsNeverCut() {
    assertThat(Quoted.bare("a😀b", 2)).isEqualTo("a…");
    assertThat(Quoted.bare("a😀b", 3)).isEqualTo("a😀…");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverTheTextIsTheMessageIsOneBoundedLineOfUtf8(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append("ab\n\u0000\u007f\u009f\ud83d\ude00\ud800\udfff€".charAt(random.nextInt(11)));
      }
      int most = random.nextInt(1, 12);
      String shown = Quoted.bare(text.toString(), most);
      assertThat(shown.length()).as("seed %d, %s", seed, text).isLessThanOrEqualTo(most + 1);
      assertThat(shown.chars().anyMatch(Character::isISOControl)).isFalse();
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(shown)).isTrue();
    }
  }
}
