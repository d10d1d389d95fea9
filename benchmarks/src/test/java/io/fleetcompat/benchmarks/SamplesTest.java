package io.fleetcompat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void percentilesAreOfTheNearestRank() {
    Samples samples = Samples.of(IntStream.rangeClosed(1, 200).asDoubleStream().toArray());
    assertThat(samples.median()).isEqualTo(100);
    assertThat(samples.percentile(99)).isEqualTo(198);
    assertThat(samples.most()).isEqualTo(200);
    assertThat(Samples.of(7).percentile(99)).isEqualTo(7);
  }

  @Test
  void noSamplesAreNoAnswer() {
    assertThatThrownBy(() -> new Samples(List.of())).hasMessageContaining("at least one");
  }

  @Test
  void aTableShowsThreeDigitsThatMeanSomething() {
    assertThat(new Table("what", "how much").row("a", 1234.5).row("b", 0.01234).toString())
        .isEqualTo("| what | how much |\n| --- | --- |\n| a | 1,235 |\n| b | 0.012 |\n");
  }
}
