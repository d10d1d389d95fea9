package io.fleetcompat.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.rules.AcmePack;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code compare} with an operator's packs, options of packs, and facts. */
class CompareRulesTest {

  private static final String NODE = "devices/pci0000:3a/0000:3b:00.4";

  private static final String PACK = AcmePack.TEXT;

  @TempDir Path directory;
  private Path tree;

  @BeforeEach
  void write() throws IOException {
    tree =
        SysfsTrees.write(
            directory.resolve("tree/sys"),
            new TreeMap<>(
                Map.of(
                    NODE + "/vendor",
                    "0x1234\n",
                    NODE + "/device",
                    "0x5678\n",
                    "bus/pci/drivers/acme_vfio_pci/new_id",
                    "")),
            Map.of(
                "bus/pci/devices/0000:3b:00.4",
                "../../../" + NODE,
                NODE + "/driver",
                "../../../bus/pci/drivers/acme_vfio_pci"));
    text("rules/acme.yaml", PACK);
    text("bad/acme.yaml", PACK.replace("operator: equal", "operator: same"));
    text("one/a.facts", "site.level=1\n");
    text("two/a.facts", "site.level.0000:3b:00.4=2\n");
  }

  private void text(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private Run compare(String more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("compare", "--source", tree.toString(), "--destination", tree.toString()));
    Arrays.stream(more.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word -> word.replace("@", directory + "/"))
        .forEach(arguments::add);
    return Run.of(arguments.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "5, ''",
    "4, --rules @rules",
    "0, --rules @rules --rule-option acme.level=any",
    "0, --rules @rules --source-facts @one --destination-facts @one",
    "3, --rules @rules --source-facts @one --destination-facts @two",
    "4, --rules @rules --source-facts @one",
    "2, --rules @rules --rule-option acme.level=some",
    "2, --rules @rules --rule-option acme.level",
    "2, --rule-option acme.level=any",
    "2, --rules @bad",
    "2, --rules @none",
    "2, --rules @rules --rule-option acme.level=any --source-facts @none",
    "2, --rules @rules --rule-option acme.level=any --destination-facts @one/a.facts"
  })
  void packsOptionsAndFactsDecide(int status, String more) {
    Run run = compare(more);
    assertThat(run.status()).as(run.err() + run.out()).isEqualTo(status);
  }

  @Test
  void aDirectoryOfFactsThatWasNamedMustBeThere() {
    assertThat(compare("--rules @rules --destination-facts @one/a.facts").err())
        .contains("--destination-facts: expected a directory of *.facts files, found a file: ");
  }

  @Test
  void theAnswerNamesThePackTheRuleAndWhenItWouldFail() {
    Run run = compare("--rules @rules --source-facts @one --destination-facts @two");
    assertThat(run.out())
        .contains("acme/level: expected: both have the same level")
        .contains("source '1', destination '2'")
        .contains("decided by the rule pack acme@2")
        .contains("a migration would fail late");
  }

  @Test
  void aRefusedPackIsSaidWithFileLineExpectedAndFound() {
    assertThat(compare("--rules @bad").err())
        .contains("acme.yaml:17: expected at /rules/0/operator one of equal, ")
        .contains("found 'same'")
        .contains("(and 1 more that 'fleetcompat rules check' lists)");
  }

  @Test
  void aSettingsFileSaysTheSameAsTheOptions() throws IOException {
    text(
        "indexer.properties",
        "rules.directory=%srules%nrules.option.acme.level=any%nstate-dir=/x%n"
            .formatted(directory + "/"));
    assertThat(compare("--config @indexer.properties").status()).isZero();
    assertThat(compare("--config @indexer.properties --rule-option acme.level=required").status())
        .as("an option wins over the file")
        .isEqualTo(4);
  }

  @Test
  void inspectKnowsTheSamePacks() {
    Run run =
        Run.of("inspect", "--root", tree.toString(), "--rules", directory.resolve("rules") + "");
    assertThat(run.out()).contains("acme@2 (ACME functions)").contains("lack fact/site.level");
    assertThat(Run.of("inspect", "--host", "a", "--rules", "x").status()).isEqualTo(2);
  }
}
