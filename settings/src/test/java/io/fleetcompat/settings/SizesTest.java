package io.fleetcompat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {

  private static final int RUNS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "0MiB,0,0",
    "1000,1000,1000",
    "1024,1024,1KiB",
    "5242880,5242880,5MiB",
    "24MiB,25165824,24MiB",
    "1536KiB,1572864,1536KiB",
    "2048GiB,2199023255552,2048GiB",
    "9223372036854775807,9223372036854775807,9223372036854775807",
  })
  void bytesOrUnitsOf1024(String text, long bytes, String printed) {
    assertThat(Sizes.parse(text)).isEqualTo(bytes);
    assertThat(Sizes.print(bytes)).isEqualTo(printed);
  }

  @Test
  void whatIsPrintedIsReadAsTheSame() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      long any = random.nextLong() >>> (1 + random.nextInt(62));
      long bytes = ((any >> 40) << (10 * random.nextInt(4))) & Long.MAX_VALUE;
      assertThat(Sizes.parse(Sizes.print(bytes))).as("seed %d", seed).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "MiB", "-1", "+1", "1 MiB", "1MB", "1M", "1mib", "1.5GiB", "1e6", "٣", "1_0"
      })
  void anythingElseIsRefusedWithExamples(String text) {
    assertThatThrownBy(() -> Sizes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a size such as 5242880, 512KiB, 24MiB or 1GiB, found '" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "9999999999999999999", "9223372036854775807GiB"})
  void aSizeThatNoNumberHoldsIsRefused(String text) {
    assertThatThrownBy(() -> Sizes.parse(text)).hasMessageContaining("at most 9223372036854775807");
  }
}
