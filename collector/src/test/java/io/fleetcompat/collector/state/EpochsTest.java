package io.fleetcompat.collector.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochsTest {

  @TempDir Path directory;

  @Test
  void anEpochIsTheTimeWhereNothingIsStored() throws IOException {
    assertThat(at(1000, "m").next("host")).isEqualTo(1000);
  }

  @Test
  void itGrowsThoughTheClockGoesBack() throws IOException {
    assertThat(at(1000, "m").next("host")).isEqualTo(1000);
    assertThat(at(10, "m").next("host")).isEqualTo(1001);
    assertThat(at(10, "m").next("host")).isEqualTo(1002);
    assertThat(at(5000, "m").next("host")).isEqualTo(5000);
  }

  @Test
  void hostsHaveEpochsOfTheirOwn() throws IOException {
    assertThat(at(1000, "m").next("a")).isEqualTo(1000);
    assertThat(at(10, "m").next("b")).isEqualTo(10);
    assertThat(at(10, "m").next("ü b/c")).isEqualTo(10);
    assertThat(at(9, "m").next("ü b/c")).isEqualTo(11);
  }

  @Test
  void aClonedMachineStartsAnew() throws IOException {
    at(1_000_000, "original").next("host");
    assertThat(at(1000, "clone").next("host")).isEqualTo(1000);
  }

  @Test
  void aRenamedHostStartsAnew() throws IOException {
    at(1_000_000, "m").next("host");
    Files.move(directory.resolve("epoch-host"), directory.resolve("epoch-other"));
    assertThat(at(1000, "m").next("other")).isEqualTo(1000);
  }

  @Test
  void aDamagedFileIsIgnored() throws IOException {
    for (String damaged :
        new String[] {
          "",
          "epoch=",
          "\\u12",
          "host=host\nmachine=m\nepoch=-5\n",
          "host=host\nmachine=m\nepoch=9223372036854775807\n",
          "host=host\nmachine=m\nepoch=5000\n" + " ".repeat(4096)
        }) {
      Files.writeString(directory.resolve("epoch-host"), damaged);
      assertThat(at(77, "m").next("host")).as(damaged).isEqualTo(77);
    }
  }

  private Epochs at(long millis, String machine) {
    return new Epochs(directory, machine, InstantSource.fixed(Instant.ofEpochMilli(millis)));
  }
}
