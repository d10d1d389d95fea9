package io.fleetcompat.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {

  private static final String FUNCTION = "devices/pci0000:00/0000:00:02.0";
  private static final String TYPES = FUNCTION + "/mdev_supported_types/";

  @TempDir static Path directory;

  @BeforeEach
  void writeTrees() throws IOException {
    write("one", Map.of("i915-a", "1.2.0"));
    write("newer", Map.of("i915-a", "1.3.0"));
    write("broken", Map.of("i915-a", "v1"));
    write("two", Map.of("i915-a", "1.2.0", "i915-b", "1.2.0"));
    write("none", Map.of());
  }

  /**
   * The exit statuses of docs/rules.md 4: 0 compatible, 3 incompatible, 4 unknown, 2 wrong usage, 5
   * no such endpoint, 1 failed.
   */
  @ParameterizedTest(name = "{1} -> {2} {3}: {0}")
  @CsvSource({
    "0, one, newer, ''",
    "3, newer, one, ''",
    "4, one, broken, ''",
    "0, one, two, --destination-endpoint 0000:00:02.0/i915-a",
    "3, one, two, --destination-endpoint 0000:00:02.0/i915-b",
    "2, one, two, ''",
    "2, one, one, --policy nonsense",
    "0, one, newer, --policy cross-type --policy mutual",
    "2, one, one, --source-endpoint a/b/c",
    "2, one, one, --source-endpoint %zz",
    "0, one, one, --probe",
    "5, one, one, --source-endpoint 0000:00:02.0/i915-zz",
    "3, one, none, ''",
    "4, one, one, --source-endpoint 0000:00:02.0",
    "1, one, missing, ''"
  })
  void theExitStatusSaysWhatHappened(int status, String source, String destination, String more) {
    Run run = compare(source, destination, more);
    assertThat(run.status()).as(run.err() + run.out()).isEqualTo(status);
    boolean verdict = status == 0 || status == 3 || status == 4;
    assertThat(run.err().isEmpty()).as(run.err()).isEqualTo(verdict);
    assertThat(run.out().isEmpty()).as(run.out()).isNotEqualTo(verdict);
  }

  @Test
  void anEmptyDirectoryIsWrongUsage() {
    Run run = Run.of("compare", "--source", "", "--destination", directory.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--source").contains("found nothing");
  }

  @Test
  void whatIsNotFoundIsSaidWithWhatTheReaderComplainedOf() throws Exception {
    Path odd = directory.resolve("odd");
    SysfsTrees.write(
        odd,
        new TreeMap<>(Map.of(FUNCTION + "/vendor", "0x8086")),
        Map.of(
            "class/mdev_bus/0000:00:02.0",
            "../../" + FUNCTION,
            "class/mdev_bus/evil",
            "../..",
            FUNCTION + "/mdev_supported_types",
            "../../../../../elsewhere"));
    Map<String, Integer> statuses = Map.of("", 5, "--source-endpoint 0000:00:02.0/i915-a", 4);
    statuses.forEach(
        (more, status) -> {
          Run run = compare("odd", "one", more);
          assertThat(run.status()).as(run.err()).isEqualTo(status);
          assertThat(run.err() + run.out())
              .contains("outside-root at " + FUNCTION + "/mdev_supported_types")
              .contains("malformed at class/mdev_bus/evil");
        });
  }

  @Test
  void jsonIsExactlyTheVerdictAndTheRulesThatItIsBy() throws Exception {
    Run run = compare("newer", "one", "-o json");
    JsonNode verdict = new ObjectMapper().readTree(run.out());
    assertThat(verdict.fieldNames())
        .toIterable()
        .containsExactly("verdict", "reasons", "obligations", "warnings", "capacity", "ruleSet");
    assertThat(verdict.path("ruleSet").asText()).isEqualTo(RuleSet.of(Set.of()).toString());
    JsonNode reason = verdict.path("reasons").path(0);
    assertThat(reason.path("rule").asText()).isEqualTo("software-version");
    assertThat(reason.path("source").asText()).isEqualTo("1.3.0");
    assertThat(reason.path("destination").asText()).isEqualTo("1.2.0");
  }

  @Test
  void textNamesTheEndpointsAndTheReason() {
    Run run = compare("newer", "one", "");
    assertThat(run.out())
        .startsWith("INCOMPATIBLE: 0000:00:02.0/i915-a -> 0000:00:02.0/i915-a")
        .contains("software-version: ", "source '1.3.0', destination '1.2.0'")
        .contains("by the rules " + RuleSet.of(Set.of()));
  }

  @Test
  void whereThereAreSeveralEndpointsTheyAreNamed() {
    Run run = compare("two", "one", "");
    assertThat(run.err())
        .contains("--source-endpoint", "0000:00:02.0/i915-a", "0000:00:02.0/i915-b");
  }

  private static Run compare(String source, String destination, String more) {
    List<String> arguments = new ArrayList<>(List.of("compare"));
    arguments.addAll(List.of("--source", directory.resolve(source).toString()));
    arguments.addAll(List.of("--destination", directory.resolve(destination).toString()));
    Arrays.stream(more.split(" ")).filter(word -> !word.isEmpty()).forEach(arguments::add);
    return Run.of(arguments.toArray(String[]::new));
  }

  private static void write(String name, Map<String, String> versions) throws IOException {
    Path root = directory.resolve(name);
    if (root.toFile().exists()) {
      return;
    }
    Map<String, String> files = new TreeMap<>();
    files.put(FUNCTION + "/vendor", "0x8086\n");
    files.put(FUNCTION + "/device", "0x591d\n");
    versions.forEach(
        (type, version) -> {
          files.put(TYPES + type + "/device_api", "vfio-pci\n");
          files.put(TYPES + type + "/available_instances", "1\n");
          files.put(TYPES + type + "/software_version", version + "\n");
        });
    String target = "../../" + FUNCTION;
    SysfsTrees.write(
        root,
        new TreeMap<>(files),
        versions.isEmpty()
            ? Map.of("bus/pci/devices/0000:00:02.0", "../" + target)
            : Map.of(
                "bus/pci/devices/0000:00:02.0",
                "../" + target,
                "class/mdev_bus/0000:00:02.0",
                target));
  }
}
