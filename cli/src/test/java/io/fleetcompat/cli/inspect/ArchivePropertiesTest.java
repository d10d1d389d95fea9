package io.fleetcompat.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tree with random files of facts and its archive: the same verdict by the same rules where
 * nothing is private, and where something is, no answer that the tree does not give.
 */
class ArchivePropertiesTest {

  private static final String FUNCTION = "devices/pci0000:3a/0000:3b:00.4";
  private static final String TYPE = "0000:3b:00.4/NVIDIA%20L40S-1B";

  private static final List<String> FACTS =
      List.of(
          "nvidia.ecc_mode=enabled",
          "nvidia.ecc_mode=disabled",
          " nvidia.ecc_mode = enabled ",
          "nvidia.ecc_mode.0000:3b:00.4=enabled",
          "vfio.migration.0000:3b:00.4=present",
          "nvidia.vgpu_manager_version=16.4",
          "site.rack=7");

  private static final List<String> REST =
      List.of(
          "",
          " ",
          "\t",
          "#",
          "# a comment",
          "  # x=1",
          "no fact",
          "=",
          "=x",
          "x=",
          "#=",
          "?",
          "nvidia.ec_mode=enabled",
          "\u2028",
          "\u2028# x",
          "# \u2028",
          "\ufeff# x");

  private static final List<String> BREAKS =
      List.of("\r", "\r\n", "\u0085", "\u2028", "\u2029", "\u000b", "\f", "\u001b", "\u0000");

  private static final List<String> PRIVATE =
      List.of("site.card_serial=4711", "site.bmc=10.0.4.7", "site.uplink=52:54:00:12:34:56");

  @TempDir Path directory;

  private record Answer(String verdict, TreeSet<String> rules) {}

  @RepeatedTest(40)
  void anArchiveJudgesAsItsTree(RepetitionInfo repetition) throws IOException {
    int seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    boolean secrets = seed % 4 == 0;
    Path tree = tree(random, secrets);
    Path facts = Files.createDirectories(directory.resolve("facts.d"));
    for (int i = 0; i <= random.nextInt(3); i++) {
      Files.writeString(facts.resolve("f" + i + ".facts"), file(random, secrets));
    }
    Path archive = directory.resolve("a.tar");
    List<String> with = List.of("--facts", facts.toString());
    assertThat(run("inspect --root " + tree + " -o tar --file " + archive, with)).isZero();
    Answer live =
        compare(tree, List.of("--source-facts", "" + facts, "--destination-facts", "" + facts));
    Answer archived = compare(archive, List.of());
    if (secrets) {
      assertThat(archived.verdict()).as("seed %d", seed).isIn(live.verdict(), "UNKNOWN");
    } else {
      assertThat(archived).as("seed %d", seed).isEqualTo(live);
    }
  }

  private Path tree(Random random, boolean secrets) throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put(FUNCTION + "/vendor", "0x10de\n");
    files.put(FUNCTION + "/device", "0x26b9\n");
    files.put(FUNCTION + "/nvidia/creatable_vgpu_types", "ID : vGPU Name\n1145 : NVIDIA L40S-1B\n");
    files.put(FUNCTION + "/nvidia/current_vgpu_type", "0\n");
    files.put(
        "module/nvidia/version", secrets && random.nextBoolean() ? "10.0.4.7\n" : "550.54.14\n");
    if (secrets && random.nextBoolean()) {
      files.put(FUNCTION + "/subsystem_device", "at 10.0.4.7\n");
    }
    Map<String, String> links =
        Map.of(
            "bus/pci/devices/0000:3b:00.4",
            "../../../" + FUNCTION,
            FUNCTION + "/driver",
            "../../../bus/pci/drivers/nvidia");
    files.put("bus/pci/drivers/nvidia/new_id", "");
    return SysfsTrees.write(directory.resolve("sys"), new TreeMap<>(files), links);
  }

  private static String file(Random random, boolean secrets) {
    StringBuilder text = new StringBuilder();
    for (int lines = random.nextInt(6); lines >= 0; lines--) {
      text.append(line(random, secrets)).append(lines == 0 && random.nextBoolean() ? "" : "\n");
    }
    return text.toString();
  }

  private static String line(Random random, boolean secrets) {
    int kind = random.nextInt(12);
    if (kind == 0) {
      return any(REST, random) + any(BREAKS, random) + any(FACTS, random);
    }
    if (kind == 1) {
      return secrets ? any(PRIVATE, random) : "# " + any(PRIVATE, random);
    }
    return kind < 9 ? any(FACTS, random) : any(REST, random);
  }

  private static String any(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static int run(String command, List<String> more) {
    return Run.of(arguments(command, more)).status();
  }

  private static String[] arguments(String command, List<String> more) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.addAll(more);
    return words.toArray(String[]::new);
  }

  private static Answer compare(Path root, List<String> more) throws IOException {
    String command =
        "compare -o json --source %s --destination %s --source-endpoint %s --destination-endpoint %s"
            .formatted(root, root, TYPE, TYPE);
    Run run = Run.of(arguments(command, more));
    assertThat(run.err()).isEmpty();
    JsonNode json = new ObjectMapper().readTree(run.out());
    TreeSet<String> rules = new TreeSet<>();
    json.path("reasons").forEach(reason -> rules.add(reason.path("rule").asText()));
    return new Answer(json.path("verdict").asText(), rules);
  }
}
