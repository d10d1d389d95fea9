package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Facts of files that are too old. */
class StaleFactsTest extends FactsOnDisk {

  @Test
  void aFileThatIsTooOldNeitherHidesNorContradictsOneThatIsNot() throws IOException {
    for (Map.Entry<String, String> names :
        Map.of("a.facts", "b.facts", "b.facts", "a.facts").entrySet()) {
      file(names.getKey(), "x=old\nonly=old\n", Duration.ofHours(25));
      file(names.getValue(), "x=new\n", Duration.ZERO);
      HostReading reading = read();
      assertThat(reading.facts())
          .isEqualTo(
              Attributes.of(
                  Map.of(
                      "x", new Attribute.Text("new"),
                      "only", new Attribute.Malformed("stale: older than facts.max-age PT24H"))));
      assertThat(reading.problems())
          .extracting(Problem::path)
          .containsExactly("facts.d/" + names.getKey());
    }
  }

  @Test
  void aFileThatIsTooOldSaysSoAndNotHowOldItIs() throws IOException {
    file("a.facts", "nvidia.ecc_mode=enabled\n", Duration.ofHours(25));
    file("b.facts", "host.os_id=rhel\n", Duration.ofHours(23));
    HostReading reading = read();
    Attribute stale = new Attribute.Malformed("stale: older than facts.max-age PT24H");
    assertThat(reading.facts().get("nvidia.ecc_mode")).isEqualTo(stale);
    assertThat(reading.facts().get("host.os_id")).isEqualTo(new Attribute.Text("rhel"));
    assertThat(reading.problems())
        .containsExactly(
            new Problem(
                "facts.d/a.facts", ProblemCode.MALFORMED, "stale: older than facts.max-age PT24H"));
    file("a.facts", "nvidia.ecc_mode=enabled\n", Duration.ofHours(99));
    assertThat(read()).isEqualTo(reading);
  }

  @Test
  void aFileOfAClockThatWasFarAheadIsNotBelieved() throws IOException {
    file("a.facts", "x=1\n", Duration.ofHours(-25));
    assertThat(read().facts().get("x"))
        .isEqualTo(
            new Attribute.Malformed("stale: more than facts.max-age PT24H ahead of the clock"));
    file("a.facts", "x=1\n", Duration.ofHours(-1));
    assertThat(read().facts().get("x")).isEqualTo(new Attribute.Text("1"));
  }

  @Test
  void withoutAMaximumAgeEveryFileIsBelieved() throws IOException {
    maxAge = Duration.ZERO;
    file("a.facts", "x=1\n", Duration.ofDays(1000));
    assertThat(read().facts().get("x")).isEqualTo(new Attribute.Text("1"));
  }
}
