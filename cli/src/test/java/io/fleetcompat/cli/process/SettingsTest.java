package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.CollectorSettings;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.query.QuerySettings;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.RawSettings;
import io.fleetcompat.settings.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the processes as the command line takes them. */
class SettingsTest {

  /** The settings that {@code ProcessCommand} uses itself. */
  private static final Set<String> HEALTH = Set.of("metrics-host", "metrics-port");

  @TempDir Path directory;

  @Test
  void helpListsEverySettingWithItsDefault() {
    assertThat(help("serve"))
        .contains(
            "--http-port=PORT",
            "(setting port, default: 8787)",
            "FLEETCOMPAT_NAME",
            "replica-stale-after",
            "max-body-bytes Maximum size of a request's body. (default: 4MiB)");
    assertThat(help("index"))
        .contains("--policy=cross-type|mutual", "May be repeated.", "(default: 50ms)");
    assertThat(help("collect"))
        .contains(
            "--label=NAME=VALUE",
            "--kafka=NAME=VALUE",
            "such as security.protocol=SSL",
            "interval.rescan",
            "bounds.bytes");
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
        "rejected --bootstrap-servers k:1 --set port=1|expected settings of rejected, found 'port'",
        "topics --bootstrap-servers k:1 --partitions 0|found '0' (from --partitions)",
        "topics --set partitions=x --bootstrap-servers k:1|found 'x' (from --set)",
        "serve --bootstrap-servers k:1 --kafka sasl.mechanim=PLAIN|expected settings of serve,"
            + " found 'kafka.sasl.mechanim' (from --kafka; did you mean 'kafka.sasl.mechanism'?)",
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

  @Test
  void aTextThatMayBeASecretIsNotShownWhereItIsNotUnderstood() {
    String jaas = "sasl.jaas.config=Login password=hunter2;";
    for (String command : List.of("collect", "index", "serve", "topics", "rejected", "up")) {
      refusesSilently(command, "--kafka", "hunter2");
      refusesSilently(command, "--kafak", jaas);
      refusesSilently(command, "--kafak=" + jaas);
      refusesSilently(
          command, "--kafka", "sasl.jaas.config=Login", "required", "password=hunter2;");
    }
    refusesSilently("collect", "--set", "hunter2");
    refusesSilently("rejected", "--set", "hunter2");
    refusesSilently("collect", "--label", "hunter2");
  }

  private static void refusesSilently(String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(run.err() + run.out()).doesNotContain("hunter2");
  }

  @Test
  void aQuestionToKafkaTakesTheFileOfAProcess() throws IOException {
    Path file =
        file(
            """
            bootstrap-servers=k:1
            topic-prefix=a/b
            state-dir=/s
            partitions=x
            max-waiting=7
            label.pool=gold
            """);
    refuses("found 'x' (from line 4 of " + file + ")", "topics", "--config", file.toString());
    refuses("(topic-prefix from line 2 of ", "rejected", "--config", file.toString());
    Path misspelt = file("topic-prefix=p.\nboostrap-servers=k:1\n");
    refuses("did you mean 'bootstrap-servers'?", "rejected", "--config", misspelt.toString());
  }

  @Test
  void aMisspeltSettingIsToldAlikeByEveryCommandWithFileAndLine() throws IOException {
    Path file = file("bootstrap-servers=k:1\nkafka.sasl.mechanim=PLAIN\n");
    String words =
        "'kafka.sasl.mechanim' (from line 2 of %s; did you mean 'kafka.sasl.mechanism'?)"
            .formatted(file);
    for (String command :
        List.of(
            "collect",
            "index --state-dir /s",
            "serve",
            "topics",
            "rejected",
            "rebuild",
            "keys list",
            "override remove x",
            "acls --principal User:x",
            "up --data-dir " + directory.resolve("data"),
            "verify --fleet " + directory)) {
      refuses(words, (command + " --config " + file).split(" ", -1));
    }
  }

  @Test
  void settingsOfAClassOfTheOperatorsOwnAreTaken() throws IOException {
    Path file =
        file(
            """
            bootstrap-servers=k:1
            kafka.metric.reporters=org.example.Reporter
            kafka.example.reporter.address=x
            kafka.main.consumer.max.poll.records=7
            kafka.topic.segment.bytes=1
            """);
    assertThat(acls(file).status()).as(acls(file).err()).isZero();
    Files.writeString(file, Files.readString(file).replace("metric.reporters", "client.id"));
    assertThat(acls(file).err()).contains("found 'kafka.example.reporter.address' (from line 3");
    Files.writeString(
        file, "kafka.metric.reporters=org.example.Reporter\nkafka.topic.segment.byte=1\n");
    assertThat(acls(file).err()).contains("did you mean 'kafka.topic.segment.bytes'?");
  }

  private static Run acls(Path file) {
    return Run.of("acls", "--principal", "User:x", "--config", file.toString());
  }

  /** Such a setting would be taken, and change nothing. */
  @Test
  void everySettingThatAProcessKnowsIsUsed() {
    assertThat(unused(CollectorSettings.CATALOGUE, CollectorSettings::config)).isEqualTo(HEALTH);
    assertThat(unused(IndexerSettings.CATALOGUE, IndexerSettings::config)).isEqualTo(HEALTH);
    assertThat(unused(QuerySettings.CATALOGUE, QuerySettings::config)).isEqualTo(HEALTH);
  }

  private static Set<String> unused(Catalogue catalogue, Function<Values, ?> config) {
    RawSettings settings = RawSettings.of(Map.of("bootstrap-servers", "k:1"));
    Values values =
        catalogue.read(
            catalogue.knows("state-dir")
                ? settings.over(RawSettings.of(Map.of("state-dir", "/s")))
                : settings);
    assertThat(config.apply(values)).isNotNull();
    return values.unused();
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
