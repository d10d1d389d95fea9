package io.fleetcompat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  private static final int RUNS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "0s,PT0S,0s",
    "0ms,PT0S,0s",
    "500ms,PT0.5S,500ms",
    "60s,PT1M,1m",
    "90s,PT1M30S,90s",
    "10m,PT10M,10m",
    "120m,PT2H,2h",
    "2h,PT2H,2h",
    "36h,PT36H,36h",
    "2d,PT48H,2d",
    "PT10M,PT10M,10m",
    "pt10m,PT10M,10m",
    "PT1H30M,PT1H30M,90m",
    "P1DT12H,PT36H,36h",
    "PT0.25S,PT0.25S,250ms",
    "PT0.000001S,PT0.000001S,PT0.000001S",
    "36500d,PT876000H,36500d",
    "3153600000000000ms,PT876000000H,",
  })
  void oneGrammarReadsBothForms(String text, Duration duration, String printed) {
    if (printed == null) {
      assertThatThrownBy(() -> Times.parse(text)).hasMessageContaining("at most 36500d");
    } else {
      assertThat(Times.parse(text)).isEqualTo(duration);
      assertThat(Times.print(duration)).isEqualTo(printed);
    }
  }

  @Test
  void whatIsPrintedIsReadAsTheSame() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      Duration duration = any(random);
      assertThat(Times.parse(Times.print(duration))).as("seed %d", seed).isEqualTo(duration);
    }
  }

  /** Of every size, and often a whole number of some unit. */
  private static Duration any(Random random) {
    long nanos = random.nextLong(Times.MAX.toNanos() + 1) >>> random.nextInt(62);
    long[] units = {1, 1_000_000, 1_000_000_000, 60_000_000_000L, 3_600_000_000_000L};
    long unit = units[random.nextInt(units.length)];
    return Duration.ofNanos(nanos - nanos % unit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "m",
        "-1s",
        "+1s",
        "1 s",
        " 1s",
        "1s ",
        "1.5s",
        "1w",
        "1S",
        "1M",
        "PT",
        "P",
        "PT-1S",
        "-PT1S",
        "PT1,5S",
        "P1Y",
        "1s1s",
        "s1",
        "99999999999999999s",
        "9999999999999999d",
        "٣s",
        "1\u0000s",
        "PT99999999999999999999S",
        "soon"
      })
  void anythingElseIsRefusedWithExamples(String text) {
    assertThatThrownBy(() -> Times.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a time such as 500ms, 60s, 10m, 2h or PT10M, found '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"36501d", "PT9999999999H", "999999999d", "9999999999999s"})
  void aTimeThatNobodyMeansIsRefused(String text) {
    assertThatThrownBy(() -> Times.parse(text))
        .hasMessage("expected a time of at most 36500d, found '" + text + "'");
  }

  @Test
  void aHugeTextIsRefusedAtOnceAndNotRepeated() {
    assertThatThrownBy(() -> Times.parse("PT" + "1".repeat(1 << 20) + "S"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250));
  }
}
