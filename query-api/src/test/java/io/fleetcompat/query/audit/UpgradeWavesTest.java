package io.fleetcompat.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.audit.UpgradeWave.Transition;
import io.fleetcompat.query.audit.UpgradeWaves.Upgrade;
import io.fleetcompat.query.history.ChangePosition;
import io.fleetcompat.query.history.KeptChange;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpgradeWavesTest {

  private static final Duration GAP = Duration.ofHours(1);
  private static final long MINUTE = 60_000;

  private static final ChangedValue DRIVER = new ChangedValue("driver/nvidia", "550", "570");
  private static final ChangedValue BACK = new ChangedValue("driver/nvidia", "570", "550");

  private static KeptChange upgrade(long minute, String host, ChangedValue... values) {
    return change(minute, host, ChangeCause.DRIVER_UPGRADE, values);
  }

  private static KeptChange change(
      long minute, String host, ChangeCause cause, ChangedValue... values) {
    EndpointMove move =
        new EndpointMove(
            profile(1),
            profile(2),
            1,
            3,
            List.of("d"),
            List.of(new ChangedValue("device_api", "a", "b")));
    ChangeRecord record =
        new ChangeRecord(
            List.of(cause),
            Arrays.asList(values),
            List.of(move),
            List.of("pool-" + host.charAt(0)),
            1L,
            1L,
            "scan",
            null,
            false);
    return new KeptChange(
        new ChangePosition(minute * MINUTE, 0, minute),
        new ChangeKey(ChangeKey.Kind.HOST, host),
        record);
  }

  private static FingerprintBytes profile(int n) {
    byte[] bytes = new byte[16];
    bytes[15] = (byte) n;
    return new FingerprintBytes(bytes);
  }

  private static String words(UpgradeWave wave) {
    Transition first = wave.transition().getFirst();
    return "%s %s>%s %d-%d %s %s"
        .formatted(
            first.name(),
            first.from().orElse("-"),
            first.to().orElse("-"),
            wave.begin() / MINUTE,
            wave.end() / MINUTE,
            wave.hosts(),
            wave.pools());
  }

  private static List<UpgradeWave> waves(List<KeptChange> changes) {
    return UpgradeWaves.of(
        changes.stream().map(Upgrade::of).flatMap(Optional::stream).toList(), GAP);
  }

  @Test
  void hostsWithOneTransitionCloseInTimeAreOneWave() {
    List<KeptChange> changes =
        new ArrayList<>(
            List.of(
                upgrade(0, "a1", DRIVER),
                upgrade(50, "b1", DRIVER),
                upgrade(55, "a2", BACK),
                upgrade(100, "a3", DRIVER),
                upgrade(161, "a4", DRIVER)));
    Collections.shuffle(changes, new Random(1));
    assertThat(waves(changes))
        .extracting(UpgradeWavesTest::words)
        .containsExactly(
            "driver/nvidia 550>570 161-161 [a4] [pool-a]",
            "driver/nvidia 570>550 55-55 [a2] [pool-a]",
            "driver/nvidia 550>570 0-100 [a1, a3, b1] [pool-a, pool-b]");
  }

  @Test
  void itsEndpointsAreCountedByProfile() {
    UpgradeWave wave =
        waves(List.of(upgrade(0, "a1", DRIVER), upgrade(1, "a2", DRIVER), upgrade(2, "a2", DRIVER)))
            .getFirst();
    assertThat(wave.moves()).hasSize(1);
    assertThat(wave.moves().getFirst().devices()).isEqualTo(2);
    assertThat(wave.moves().getFirst().types()).isEqualTo(6);
  }

  @Test
  void onlyVersionsTellWavesApart() {
    ChangedValue kernel = new ChangedValue("kernel", "6.1", "6.2");
    ChangedValue label = new ChangedValue("label/rack", "1", "2");
    List<UpgradeWave> waves =
        waves(
            List.of(
                upgrade(0, "a1", kernel, label),
                upgrade(1, "a2", kernel),
                change(2, "a3", ChangeCause.ATTRIBUTE_CHANGED, kernel)));
    assertThat(waves).hasSize(1);
    assertThat(waves.getFirst().hosts()).containsExactly("a1", "a2");
    assertThat(waves.getFirst().transition())
        .containsExactly(new Transition("kernel", Optional.of("6.1"), Optional.of("6.2")));
  }
}
