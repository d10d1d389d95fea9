package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Overrides that are refused by themselves: nobody listens where Kafka should be. */
@Timeout(20)
class OverrideAddTest {

  private static final String NOBODY = "127.0.0.1:1";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "nvidia-vfio/nonsense, 30d, --rule: expected",
    "facet-missing, 30d, --rule: expected",
    "nvidia-vfio/ecc-mode, 2020-01-01T00:00Z, --expires: expected a time after now",
    "nvidia-vfio/ecc-mode, 2126-01-01T00:00, --expires: expected a time with its zone",
    "nvidia-vfio/ecc-mode, +999999999-12-31T00:00Z, --expires: expected a time within 36500d",
    "nvidia-vfio/ecc-mode, 99999999999d, --expires: expected a time",
  })
  void oneThatIsWrongIsRefusedBeforeKafkaIsAsked(String rule, String expires, String refusal) {
    Run run = add("--rule", rule, "--expires", expires);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(refusal);
  }

  @Test
  void anIdWithASlashIsRefusedBeforeKafkaIsAsked() {
    Run run = add("--rule", "nvidia-vfio/ecc-mode", "--id", "../a b");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--id: expected");
  }

  @Test
  void aReasonThatIsNoneIsNotSaidOfTheId() {
    Run run =
        Run.of(
            "override",
            "add",
            "--bootstrap-servers",
            NOBODY,
            "--scope",
            "driver",
            "--from",
            "nvidia",
            "--to",
            "nvidia",
            "--rule",
            "nvidia-vfio/ecc-mode",
            "--reason",
            " ");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("fleetcompat: expected reason of 1 to 1024 characters, found none");
  }

  @Test
  void aFileIsReadBeforeKafkaIsAskedAndWithinItsBound() throws IOException {
    Path file = Files.writeString(directory.resolve("o.yaml"), "overrides: []\n");
    assertThat(file(file).err()).contains("o.yaml:1: expected");
    Files.writeString(file, "overrides: [{id: 1}, {id: 2}]\n");
    assertThat(file(file).err())
        .contains("at /overrides/0", "at /overrides/1")
        .doesNotContain("rules check");
    Files.writeString(file, "#".repeat(2 << 20));
    assertThat(file(file).err()).contains("o.yaml:1: expected at most 262144 characters");
    assertThat(file(Path.of("/dev/zero")).err()).contains("/dev/zero:1: expected a file");
    assertThat(file(directory.resolve("none.yaml")).status()).isEqualTo(1);
  }

  @Test
  void whereNobodyListensItSaysSoWithinTheTimeout() {
    Run add = add("--rule", "nvidia-vfio/ecc-mode", "--timeout", "1s");
    assertThat(add.status()).isEqualTo(1);
    assertThat(add.err()).contains("Kafka at " + NOBODY).contains("Connection refused");
    Run remove =
        Run.of("override", "remove", "x", "--bootstrap-servers", NOBODY, "--timeout", "1s");
    assertThat(remove.status()).isEqualTo(1);
    assertThat(remove.err()).contains("Kafka at " + NOBODY).contains("Connection refused");
    assertThat(add("--rule", "nvidia-vfio/ecc-mode", "--timeout", "0s").err())
        .contains("--timeout: expected a time above 0");
  }

  private static Run file(Path file) {
    return Run.of("override", "add", "--bootstrap-servers", NOBODY, "--file", file.toString());
  }

  private static Run add(String... more) {
    String[] all = {
      "override",
      "add",
      "--bootstrap-servers",
      NOBODY,
      "--scope",
      "driver",
      "--from",
      "nvidia",
      "--to",
      "nvidia",
      "--reason",
      "tried",
      more[0],
      more[1],
      more[2],
      more[3],
    };
    return Run.of(all);
  }
}
