package io.fleetcompat.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims about devices of a real tree, as the collector's readers find both. */
class InspectDeclaredTest {

  private static final String DEBUGFS = "kernel/debug/vfio/";
  private static final String WITH = "0000:3b:00.4";
  private static final String WITHOUT = "0000:3b:00.5";
  private static final String PLAIN = "0000:3b:00.6";

  @TempDir Path directory;
  private final Map<String, @Nullable String> files = new TreeMap<>();
  private final Map<String, String> links = new HashMap<>();

  @BeforeEach
  void tree() {
    function(WITH, "mlx5_vfio_pci");
    function(WITHOUT, "mlx5_vfio_pci");
    function(PLAIN, "vfio-pci");
    files.put("devices/pci0000:3a/0000:3b:00.0/vendor", "0x15b3\n");
    files.put("devices/pci0000:3a/0000:3b:00.0/device", "0x1021\n");
    links.put("bus/pci/devices/0000:3b:00.0", "../../../devices/pci0000:3a/0000:3b:00.0");
  }

  private void function(String name, String driver) {
    String node = "devices/pci0000:3a/" + name;
    files.put(node + "/vendor", "0x15b3\n");
    files.put(node + "/device", "0x101e\n");
    files.put("bus/pci/drivers/" + driver + "/new_id", "");
    links.put(node + "/physfn", "../0000:3b:00.0");
    links.put(node + "/driver", "../../../bus/pci/drivers/" + driver);
    links.put("bus/pci/devices/" + name, "../../../" + node);
  }

  private void debugfs() {
    files.put(DEBUGFS + WITH + "/migration/state", "RUNNING\n");
    files.put(DEBUGFS + WITHOUT, null);
    files.put(DEBUGFS + PLAIN, null);
  }

  private Run inspect(String facts, String... options) throws IOException {
    Path root = SysfsTrees.write(directory.resolve("sys"), files, links);
    Path dir = Files.createDirectories(directory.resolve("facts.d"));
    Files.writeString(dir.resolve("nova.facts"), facts);
    String[] words = {"inspect", "--root", root.toString(), "--facts", dir.toString()};
    String[] all = Arrays.copyOf(words, words.length + options.length);
    System.arraycopy(options, 0, all, words.length, options.length);
    return Run.of(all);
  }

  private static JsonNode declared(Run run, String endpoint) throws IOException {
    for (JsonNode group : new ObjectMapper().readTree(run.out()).path("groups")) {
      for (JsonNode name : group.path("endpoints")) {
        if (name.asText().equals(endpoint)) {
          return group.path("declared");
        }
      }
    }
    throw new AssertionError("no " + endpoint + " in " + run.out());
  }

  @Test
  void contradictionsBothWays() throws IOException {
    debugfs();
    String facts = "nova.live_migratable.%s=no\nnova.live_migratable=yes\n".formatted("3B:00.4");
    Run run = inspect(facts, "-o", "json");

    assertThat(run.err()).isEmpty();
    JsonNode with = declared(run, WITH);
    assertThat(with.path("declared").asText()).isEqualTo("no");
    assertThat(with.path("observed").asText()).isEqualTo("yes");
    assertThat(with.path("finding").asText()).isEqualTo("contradicted");
    JsonNode without = declared(run, WITHOUT);
    assertThat(without.path("declared").asText()).isEqualTo("yes");
    assertThat(without.path("observed").asText()).isEqualTo("no");
    assertThat(without.path("finding").asText()).isEqualTo("contradicted");
    assertThat(declared(run, PLAIN).path("detail").asText())
        .contains("vfio-pci gives no device migration operations");
  }

  @Test
  void whatCannotBeComparedSaysWhatIsMissing() throws IOException {
    Run run = inspect("nova.live_migratable.%s=yes\n".formatted(WITH));

    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("declared live_migratable=yes, cannot be compared: vfio/migration is missing")
        .contains("collector/facts/vfio-debugfs.py")
        .doesNotContain("CONTRADICTED");
  }

  @Test
  void badValuesAndUnknownDevicesAreProblems() throws IOException {
    debugfs();
    Run run =
        inspect(
            "nova.live_migratable.%s=maybe\nnova.live_migratable.0000:99:00.0=yes\n"
                .formatted(WITH));

    assertThat(run.out())
        .contains("malformed at fact/nova.live_migratable of 0000:3b:00.4")
        .contains("expected one of yes, no, found 'maybe'")
        .contains("line 2: expected a device of this host, found 0000:99:00.0")
        .doesNotContain("  declared ");
  }
}
