package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetcompat.cli.CommandLines;
import io.fleetcompat.collector.CollectorSettings;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.query.QuerySettings;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.PropertiesFile;
import io.fleetcompat.settings.Values;
import io.fleetcompat.testing.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The units of systemd that are shipped, and the settings beside them. */
class UnitsTest {

  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
  private static final String PROGRAM = "/usr/bin/fleetcompat ";

  @TempDir Path directory;

  /**
   * A unit.
   *
   * @param settings the name of its file of settings
   * @param reader makes the configuration of the process
   */
  private record Unit(
      String module,
      String name,
      String settings,
      Catalogue catalogue,
      Function<Values, ?> reader) {

    String text() {
      return Repository.read("%s/systemd/%s.service".formatted(module, name));
    }

    String example() {
      return Repository.read("%s/systemd/%s.properties.example".formatted(module, settings));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Unit> units() {
    return List.of(
        new Unit(
            "collector",
            "fleetcompat-collector",
            "collector",
            CollectorSettings.CATALOGUE,
            CollectorSettings::config),
        new Unit(
            "collector",
            "fleetcompat-collector-probe",
            "collector",
            CollectorSettings.CATALOGUE,
            CollectorSettings::config),
        new Unit(
            "indexer",
            "fleetcompat-indexer",
            "indexer",
            IndexerSettings.CATALOGUE,
            IndexerSettings::config),
        new Unit(
            "query-api",
            "fleetcompat-query-api",
            "query-api",
            QuerySettings.CATALOGUE,
            QuerySettings::config));
  }

  @ParameterizedTest
  @MethodSource("units")
  void theCommandOfAUnitIsOneOfOurs(Unit unit) {
    String start = line(unit, "ExecStart=");
    assertThat(start).startsWith(PROGRAM);
    List<String> words = List.of(start.substring(PROGRAM.length()).split(" ", -1));
    assertThat(CommandLines.parse(words).subcommand().matchedOptionValue("--config", List.of()))
        .isEqualTo(
            List.of(
                Path.of("/etc/fleetcompat/%s.properties".formatted(unit.settings)),
                Path.of("${CREDENTIALS_DIRECTORY}/secrets")));
  }

  /** A device in place of a file of secrets that is missing is an empty file to us. */
  @ParameterizedTest
  @MethodSource("units")
  void secretsAreACredentialThatMayBeMissing(Unit unit) {
    assertThat(line(unit, "LoadCredential="))
        .isEqualTo("secrets:/etc/fleetcompat/%s.secrets".formatted(unit.settings));
    String instead = line(unit, "SetCredential=").replaceFirst("^secrets:", "");
    assertThat(PropertiesFile.parse(instead, Path.of("secrets")).texts()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("units")
  void theExampleIsReadAsTheProcessReadsIt(Unit unit) {
    assertThat(read(unit, unit.example())).isNotNull();
    String all = unit.example().replaceAll("(?m)^#(?=[a-z][a-z.-]*=)", "");
    assertThat(all).isNotEqualTo(unit.example()).contains("\nmetrics-port=");
    // Files of the operator's own are not here.
    String withoutFiles = all.replaceAll("(?m)^(rules\\.directory|alerts\\.file)=.*$", "");
    assertThat(read(unit, withoutFiles)).isNotNull();
    assertThat(unit.catalogue.read(PropertiesFile.parse(all, Path.of("the example")))).isNotNull();
  }

  private static Object read(Unit unit, String text) {
    return unit.reader()
        .apply(unit.catalogue.read(PropertiesFile.parse(text, Path.of("the example"))));
  }

  @ParameterizedTest
  @MethodSource("units")
  void stateIsWhereTheExampleHasIt(Unit unit) {
    assertThat(unit.example()).contains("=/var/lib/" + line(unit, "StateDirectory="));
  }

  @ParameterizedTest
  @MethodSource("units")
  void systemdTakesTheUnit(Unit unit) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(ANALYZE), "there is no systemd-analyze on this machine");
    Path file = directory.resolve(unit.name + ".service");
    Files.writeString(file, unit.text().replace(PROGRAM, "/bin/true "));
    Child.Said said =
        Child.run(
            directory.resolve("said"),
            directory,
            Map.of("SYSTEMD_UNIT_PATH", directory + ":"),
            List.of(ANALYZE.toString(), "verify", "--man=no", file.toString()));
    assertThat(said.status()).as(said.text()).isZero();
    assertThat(said.text()).isEmpty();
  }

  private static String line(Unit unit, String begin) {
    List<String> lines =
        unit.text()
            .lines()
            .filter(line -> line.startsWith(begin))
            .map(line -> line.substring(begin.length()))
            .toList();
    assertThat(lines).as(begin).hasSize(1);
    return lines.getFirst();
  }
}
