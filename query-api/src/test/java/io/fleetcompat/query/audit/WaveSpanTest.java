package io.fleetcompat.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.audit.UpgradeWave.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WaveSpanTest {

  private static final Duration CLOSE = Duration.ofMillis(100);

  private static UpgradeWave wave(String from, long begin, long end, String pool) {
    return new UpgradeWave(
        List.of(new Transition("kernel", Optional.of(from), Optional.of("9"))),
        begin,
        end,
        new TreeSet<>(List.of("host-" + from)),
        new TreeSet<>(List.of(pool)),
        List.of());
  }

  private static List<String> spans(UpgradeWave... waves) {
    return WaveSpan.of(List.of(waves), CLOSE).stream()
        .map(
            span ->
                "%d-%d %s %s %d"
                    .formatted(
                        span.begin(), span.end(), span.hosts(), span.pools(), span.waves().size()))
        .toList();
  }

  @Test
  void wavesFromManyVersionsToOneAreComparedTogether() {
    assertThat(spans(wave("2", 30, 150, "q"), wave("1", 10, 120, "p"), wave("3", 110, 200, "p")))
        .containsExactly("10-200 [host-1, host-2, host-3] [p, q] 3");
  }

  @Test
  void aWaveAfterAnotherIsComparedAlone() {
    assertThat(spans(wave("1", 10, 20, "p"), wave("2", 21, 30, "p")))
        .containsExactly("10-20 [host-1] [p] 1", "21-30 [host-2] [p] 1");
  }

  @Test
  void aShortWaveWithinALongOneIsComparedAlone() {
    assertThat(spans(wave("1", 0, 1000, "p"), wave("2", 50, 60, "p"), wave("3", 990, 1050, "p")))
        .containsExactly(
            "0-1000 [host-1] [p] 1", "50-60 [host-2] [p] 1", "990-1050 [host-3] [p] 1");
  }

  @Test
  void wavesThatFollowEachOtherDoNotAddUpToALongSpan() {
    UpgradeWave[] waves = new UpgradeWave[20];
    for (int i = 0; i < waves.length; i++) {
      waves[i] = wave(String.valueOf(10 + i), 30L * i, 30L * i + 60, "p");
    }
    assertThat(WaveSpan.of(List.of(waves), CLOSE))
        .allSatisfy(span -> assertThat(span.end() - span.begin()).isLessThanOrEqualTo(160))
        .flatMap(WaveSpan::waves)
        .containsExactlyInAnyOrder(waves);
  }
}
