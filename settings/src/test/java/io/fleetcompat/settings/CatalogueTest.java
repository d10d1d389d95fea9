package io.fleetcompat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

  private static final Key<Duration> STALE_AFTER =
      Key.of("stale-after", Kind.TIME, Duration.ofMinutes(1), "Silence after which it is stale.");
  private static final Key<Duration> LOST_AFTER =
      Key.of("lost-after", Kind.POSITIVE_TIME, Duration.ofHours(1), "And lost.");
  private static final Key<Integer> PORT =
      Key.of("port", Kind.number("PORT", 0, 65535), 8787, "The port.").orOption("--http-port");
  private static final Key<Long> CACHE =
      Key.of("cache-bytes", Kind.size(1, 1L << 40), 128L << 20, "Memory of the cache.");
  private static final Key<Boolean> CREATE = Key.of("create", Kind.FLAG, true, "Whether it makes.");
  private static final Key<Path> STATE =
      Key.optional("state-dir", Kind.PATH, "none", "Where the state is.");
  private static final Key<Set<String>> WORDS =
      Key.of("words", Kind.list("WORD", "words", String::strip), Set.of(), "Some words.");
  private static final Key<String> PASS =
      Key.optional("api-password", Kind.TEXT, "none", "A secret of our own.");
  private static final Key<Integer> SECRET_NUMBER =
      Key.optional("secret-number", Kind.number("N", 1, 9), "none", "Another.");
  private static final Group LABELS =
      new Group("label.", "Labels.", Optional.of("--label"), Map.of());
  private static final Catalogue CATALOGUE =
      Catalogue.of(
          "serve",
          List.of(STALE_AFTER, LOST_AFTER, PORT, CACHE, CREATE, STATE, WORDS, PASS, SECRET_NUMBER),
          LABELS);

  @TempDir Path directory;

  @Test
  void whatNobodyGivesHasItsDefault() {
    Values values = read(Map.of());
    assertThat(values.get(STALE_AFTER)).isEqualTo(Duration.ofMinutes(1));
    assertThat(values.get(PORT)).isEqualTo(8787);
    assertThat(values.get(ProcessKeys.TOPIC_PREFIX)).isEmpty();
    assertThat(values.find(STATE)).isEmpty();
    assertThat(values.group(ProcessKeys.KAFKA)).isEmpty();
  }

  @Test
  void everyKindIsRead() {
    Values values =
        read(
            Map.of(
                "stale-after", "PT10M",
                "lost-after", " 2h ",
                "port", "0",
                "cache-bytes", "24MiB",
                "create", "false",
                "state-dir", "/var/lib/x",
                "words", "a, b,,a",
                "label.pool", "gold",
                "kafka.acks", "all"));
    assertThat(values.get(STALE_AFTER)).isEqualTo(Duration.ofMinutes(10));
    assertThat(values.get(LOST_AFTER)).isEqualTo(Duration.ofHours(2));
    assertThat(values.get(PORT)).isZero();
    assertThat(values.get(CACHE)).isEqualTo(24L << 20);
    assertThat(values.get(CREATE)).isFalse();
    assertThat(values.find(STATE)).contains(Path.of("/var/lib/x"));
    assertThat(values.get(WORDS)).containsExactly("a", "b");
    assertThat(values.group(LABELS)).isEqualTo(Map.of("pool", "gold"));
    assertThat(values.group(ProcessKeys.KAFKA)).isEqualTo(Map.of("acks", "all"));
  }

  @Test
  void aBlankTextLeavesTheDefault() {
    assertThat(read(Map.of("port", " ")).get(PORT)).isEqualTo(8787);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "stale-after|soon|stale-after: expected a time such as 500ms, 60s, 10m, 2h or PT10M, found"
            + " 'soon' (from the program)",
        "lost-after|0s|lost-after: expected a time such as 500ms, 60s, 10m, 2h or PT10M, above 0,"
            + " found '0s' (from the program)",
        "port|70000|port: expected a whole number from 0 to 65535, found '70000' (from the"
            + " program)",
        "port|-1|port: expected a whole number from 0 to 65535, found '-1' (from the program)",
        "port|99999999999999999999|port: expected a whole number from 0 to 65535, found"
            + " '99999999999999999999' (from the program)",
        "create|yes|create: expected true or false, found 'yes' (from the program)",
        "secret-number|4711|secret-number: expected a whole number from 1 to 9, found (hidden)"
            + " (from the program)",
        "bootstrap-servers|' '|bootstrap-servers: expected the Kafka cluster as HOST:PORT,...,"
            + " found none: give it in the file, as FLEETCOMPAT_BOOTSTRAP_SERVERS, or with"
            + " --bootstrap-servers",
        "prot|1|expected settings of serve, found 'prot' (from the program; did you mean 'port'?);"
            + " docs/operations.md has all",
        "labels.pool|x|expected settings of serve, found 'labels.pool' (from the program; did you"
            + " mean 'label.'?); docs/operations.md has all",
        "nothing-like-it|1|expected settings of serve, found 'nothing-like-it' (from the program);"
            + " docs/operations.md has all",
        "kafka.bootstrap.servers|k:1|expected it as bootstrap-servers, found it as"
            + " kafka.bootstrap.servers (from the program)",
      })
  void nonsenseIsRefusedWithWhatWasExpectedAndWhereItIsFrom(
      String name, String text, String message) {
    assertThatThrownBy(() -> read(Map.of(name, text)))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(message);
  }

  @Test
  void aPathThatIsNoneIsRefusedOnOneLine() {
    assertThatThrownBy(() -> read(Map.of("state-dir", "/a\0b")))
        .hasMessage("state-dir: expected a path, found '/a\\u0000b' (from the program)");
  }

  @Test
  void ofManyUnknownNamesTheFirstAreNamed() {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 100; i++) {
      many.put("unknown" + i, "1");
    }
    many.put("x".repeat(100_000), "1");
    assertThatThrownBy(() -> read(many))
        .hasMessageContaining("'unknown0'")
        .hasMessageContaining("and 96 more")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
  }

  @Test
  void aSourceIsLaidOverAnotherAndABadValueSaysWhichOneItIsFrom() throws IOException {
    Path path = directory.resolve("serve.properties");
    Files.writeString(path, "bootstrap-servers=file:1\nport=1\nstale-after=1s\nlost-after=x\n");
    RawSettings file = PropertiesFile.read(path);
    RawSettings environment =
        CATALOGUE.environment(
            Map.of(
                "FLEETCOMPAT_PORT", "2",
                "FLEETCOMPAT_STALE_AFTER", "2s",
                "FLEETCOMPAT_LOST_AFTER", "y",
                "FLEETCOMPAT_TOPIC_PREFIX", ""));
    RawSettings set =
        RawSettings.of(Map.of("port", "3", "lost-after", "z"), Origin.option("--set"));
    RawSettings option = RawSettings.of(Map.of("port", "4"), Origin.option("--http-port"));
    assertThatThrownBy(() -> CATALOGUE.read(file))
        .hasMessageContaining("'x' (from line 4 of " + path);
    assertThatThrownBy(() -> CATALOGUE.read(environment.over(file)))
        .hasMessageContaining("'y' (from the environment variable FLEETCOMPAT_LOST_AFTER)");
    RawSettings three = set.over(environment.over(file));
    assertThatThrownBy(() -> CATALOGUE.read(three)).hasMessageContaining("'z' (from --set)");
    RawSettings good = RawSettings.of(Map.of("lost-after", "9h"), Origin.option("--set"));
    Values values = CATALOGUE.read(good.over(option.over(three)));
    assertThat(values.get(PORT)).isEqualTo(4);
    assertThat(values.get(STALE_AFTER)).isEqualTo(Duration.ofSeconds(2));
    assertThat(values.get(ProcessKeys.BOOTSTRAP_SERVERS)).isEqualTo("file:1");
    assertThat(values.effective())
        .startsWith(
            "bootstrap-servers=file:1 (line 1 of %s), topic-prefix=, metrics-port=(not served), metrics-host=127.0.0.1,"
                .formatted(path))
        .contains(
            "stale-after=2s (the environment variable FLEETCOMPAT_STALE_AFTER)",
            "lost-after=9h (--set)",
            "port=4 (--http-port)",
            "cache-bytes=128MiB,");
  }

  @Test
  void theEnvironmentGivesKeysAndGroupsAndNothingElse() {
    RawSettings settings =
        CATALOGUE.environment(
            Map.of(
                "FLEETCOMPAT_STATE_DIR", "/s",
                "FLEETCOMPAT_KAFKA_SASL_JAAS_CONFIG", "x",
                "FLEETCOMPAT_LABEL_POOL", "gold",
                "FLEETCOMPAT_KAFKA_", "x",
                "FLEETCOMPAT_JAVA_OPTS", "-Xmx1g",
                "FLEETCOMPAT_SERVICE_HOST", "10.0.0.1",
                "PORT", "1"));
    assertThat(settings.texts())
        .isEqualTo(Map.of("state-dir", "/s", "kafka.sasl.jaas.config", "x", "label.pool", "gold"));
  }

  @Test
  void aMisspeltVariableIsTold() {
    assertThat(
            CATALOGUE.misspelt(
                Map.of(
                    "FLEETCOMPAT_STALE_AFTR", "1s",
                    "FLEETCOMPAT_STALE_AFTER", "1s",
                    "FLEETCOMPAT_ROOT", "/sys",
                    "FLEETCOMPAT_JAVA_HOME", "/jre",
                    "FLEETCOMPAT_API", "http://x",
                    "STALE_AFTER", "1s")))
        .containsExactly(
            "FLEETCOMPAT_STALE_AFTR in the environment is no setting of serve; did you mean"
                + " FLEETCOMPAT_STALE_AFTER?");
  }

  @Test
  void twoSettingsForOneVariableAreOurMistake() {
    Key<String> dotted = Key.optional("stale.after", Kind.TEXT, "none", "x");
    assertThatThrownBy(() -> Catalogue.of("x", List.of(STALE_AFTER, dotted)))
        .hasMessageContaining("FLEETCOMPAT_STALE_AFTER");
    Key<String> grouped = Key.optional("label-x", Kind.TEXT, "none", "x");
    assertThatThrownBy(() -> Catalogue.of("x", List.of(grouped), LABELS))
        .hasMessageContaining("FLEETCOMPAT_LABEL_X");
  }

  @Test
  void valuesThatDoNotFitTogetherSayWhereEachIsFrom() {
    Values values =
        CATALOGUE.read(
            RawSettings.of(Map.of("lost-after", "1s"), Origin.option("--set"))
                .over(RawSettings.of(Map.of("bootstrap-servers", "k:1"))));
    assertThatThrownBy(
            () ->
                values.make(
                    read -> {
                      throw new IllegalArgumentException(
                          "found %s and %s".formatted(read.get(STALE_AFTER), read.get(LOST_AFTER)));
                    }))
        .isInstanceOf(BadSettingException.class)
        .hasMessage("found PT1M and PT1S (lost-after from --set)");
    assertThat(values.unused()).contains("port").doesNotContain("stale-after", "lost-after");
  }

  @Test
  void aKeyOfAnotherProcessIsOurMistake() {
    Key<String> unlisted = Key.of("unlisted", Kind.TEXT, "x", "Nobody lists it.");
    Values values = read(Map.of());
    assertThatThrownBy(() -> values.find(unlisted))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected a setting of serve, found unlisted");
  }

  @Test
  void secretsAreNeverShown() {
    Values values =
        read(
            Map.of(
                "api-password", "hunter2",
                "kafka.sasl.jaas.config", "hunter2",
                "kafka.ssl.keystore.location", "/k.jks"));
    assertThat(values.toString())
        .contains(
            "api-password=(hidden) (the program)",
            "kafka.sasl.jaas.config=(hidden) (the program)",
            "kafka.ssl.keystore.location=/k.jks")
        .doesNotContain("hunter2");
    assertThat(values.find(PASS)).contains("hunter2");
  }

  @Test
  void aValueOfManyLinesIsShownOnOneAndNotWhole() {
    String text = "-----BEGIN-----\n" + "A".repeat(100_000);
    assertThat(read(Map.of("kafka.ssl.truststore.certificates", text)).effective())
        .contains("certificates=-----BEGIN-----\\u000aAAAA", "AAA… (the program)")
        .hasSizeLessThan(1500);
  }

  @Test
  void theTableHasEverySettingOnce() {
    assertThat(SettingsTable.ofItsOwn(CATALOGUE))
        .startsWith(
            """
            | setting | default | meaning |
            |---|---|---|
            | `stale-after` | `1m` | Silence after which it is stale. |
            """)
        .contains(
            "| `cache-bytes` | `128MiB` | Memory of the cache. |\n",
            "| `state-dir` | none | Where the state is. |\n",
            "| `words` | none | Some words. |\n",
            "| `label.*` | none | Labels. |\n")
        .doesNotContain("bootstrap-servers");
    assertThat(SettingsTable.ofEveryProcess())
        .contains("| `bootstrap-servers` | must be given | ", "| `kafka.*` | none | ");
  }

  private static Values read(Map<String, String> texts) {
    return CATALOGUE.read(
        RawSettings.of(texts).over(RawSettings.of(Map.of("bootstrap-servers", "k:1"))));
  }
}
