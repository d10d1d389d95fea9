package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the processes as the command line takes them. */
class SettingsTest {

  @TempDir Path directory;

  @Test
  void helpListsEverySettingWithItsDefault() {
    assertThat(help("serve"))
        .contains(
            "--http-port=PORT",
            "(setting port, default: 8787)",
            "FLEETCOMPAT_NAME",
            "replica-stale-after",
            "max-body-bytes The largest body of a request. (default: 4MiB)");
    assertThat(help("index"))
        .contains("--policy=cross-type|mutual", "May be repeated.", "(default: 50ms)");
    assertThat(help("collect"))
        .contains("--label=NAME=VALUE", "--kafka=NAME=VALUE", "interval.rescan", "bounds.bytes");
  }

  @Test
  void anOptionIsOverSetAndSetIsOverTheFile() throws IOException {
    Path file = file("bootstrap-servers=k:1\nport=in-file\n");
    refuses("'in-file' (from line 2 of " + file + ")", "serve", "--config", file.toString());
    refuses("'in-set' (from --set)", "serve", "--config", file.toString(), "--set", "port=in-set");
    refuses(
        "'optional' (from --http-port)",
        "serve",
        "--config",
        file.toString(),
        "--set",
        "port=in-set",
        "--http-port=optional");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --set prot=1 --bootstrap-servers k:1|did you mean 'port'?",
        "serve|bootstrap-servers: expected the Kafka cluster as HOST:PORT,..., found none",
        "index --bootstrap-servers k:1|state-dir: expected a path, found none",
        "index --bootstrap-servers k:1 --state-dir /s --policy lax|found 'lax' (from --policy)",
        "index --bootstrap-servers k:1 --state-dir /s --policy mutual --policy x|found 'mutual,x'"
            + " (from --policy)",
        "index --bootstrap-servers k:1 --state-dir /s --set lost-after=1s|(lost-after from --set)",
        "collect --bootstrap-servers k:1 --host a/b|(host from --host)",
        "collect --kafka bootstrap.servers=k:1|found it as kafka.bootstrap.servers (from --kafka)",
        "collect --bootstrap-servers k:1 --fleet /f --root /sys|found both",
        "collect --bootstrap-servers k:1 --metrics-port x|metrics-port: expected a whole number",
        "collect --config /nowhere/file|expected a properties file at /nowhere/file, found none",
        "topics|bootstrap-servers: expected the Kafka cluster as HOST:PORT,..., found none",
        "topics --bootstrap-servers k:1 --topic-prefix a/b|expected a topic prefix",
        "rejected --bootstrap-servers k:1 --kafka bootstrap.servers=k:2|(from --kafka)",
      })
  void wrongUsageIsToldBeforeAnythingStarts(String line, String message) {
    refuses(message, line.split(" ", -1));
  }

  @Test
  void aSecretIsInNoMessage() throws IOException {
    Path file =
        file(
            """
            bootstrap-servers=127.0.0.1:1
            kafka.security.protocol=SASL_PLAINTEXT
            kafka.sasl.mechanism=PLAIN
            kafka.sasl.jaas.config=hunter2
            port=x
            """);
    Run run = Run.of("serve", "--config", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err() + run.out()).doesNotContain("hunter2");
    for (String command : List.of("topics", "rejected")) {
      Run asked =
          Run.of(
              command,
              "--bootstrap-servers=127.0.0.1:1",
              "--kafka=security.protocol=SASL_PLAINTEXT",
              "--kafka=sasl.mechanism=PLAIN",
              "--kafka=sasl.jaas.config=org.example.Login hunter2 password=hunter2;");
      assertThat(asked.status()).as(asked.err()).isEqualTo(1);
      assertThat(asked.err() + asked.out()).doesNotContain("hunter2");
    }
  }

  /** With every line end and indentation as one blank. */
  private static String help(String command) {
    return Run.of(command, "--help").out().replaceAll("\\s+", " ");
  }

  private void refuses(String message, String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("settings.properties"), text);
  }
}
