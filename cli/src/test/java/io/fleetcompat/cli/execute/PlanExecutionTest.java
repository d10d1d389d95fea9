package io.fleetcompat.cli.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.simulation.PlayedFleet;
import io.fleetcompat.simulation.SimulatedFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that an API tells and nobody can trust: nothing of the fleet, or beside it, is touched. */
class PlanExecutionTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UPGRADE = "{\"driver\":{\"module\":\"i915\",\"version\":\"1.9.0\"}}";

  @TempDir Path directory;

  private static String plan(String host, String device, String to) {
    return """
    {"silent":0,"withoutPool":0,"pools":[{"pool":"pool-a","waves":[{"hosts":["%s"],
    "moves":[{"device":"%s","from":"%s","to":"%s","mayBeInUse":false}]}]}]}
    """
        .formatted(host, device, host, to);
  }

  @Test
  void whatIsNoPartOfTheFleetIsRefusedBeforeAnythingIsTouched() throws Exception {
    Path fleet = directory.resolve("fleet");
    SimulatedFleet.open(fleet, 4, 1);
    Files.createDirectories(directory.resolve("victim/sys"));
    Map<String, String> before = files();
    String type = "0000:00:02.0/i915-GVTg_V5_8";
    for (List<String> hostile :
        List.of(
            List.of("../victim", "../victim/x", "host-0001/" + type),
            List.of("host-0000", "host-0000/x", "..%2Fvictim/" + type),
            List.of("host-0000", "host-0000/..%2F..%2Fx", "host-0001/" + type),
            List.of("host-0000", "x", "y"),
            List.of("host-0000", "host-0000/0000:05:00.1", "host-0001/0000:05:00.1"),
            List.of("host-9999", "host-9999/x", "host-0001/" + type))) {
      refuses(plan(hostile.get(0), hostile.get(1), hostile.get(2)), UPGRADE);
    }
    String silent = plan("host-0000", "host-0000/x", "host-0001/" + type).replace(":0,", ":1,");
    refuses(silent, UPGRADE);
    for (String change :
        List.of("{\"unset\":[\"software_version\"]}", "{\"endpoints\":{\"type\":\"x\"}}")) {
      refuses("{}", change);
    }
    assertThat(files()).isEqualTo(before);
  }

  private void refuses(String plan, String change) throws Exception {
    Index nobody =
        (path, _, _) -> {
          throw new AssertionError("nothing is asked before all is tried: " + path);
        };
    try (PlayedFleet fleet = PlayedFleet.open(directory.resolve("fleet"))) {
      assertThatThrownBy(
              () ->
                  new PlanExecution(
                          nobody,
                          fleet,
                          (ObjectNode) JSON.readTree(change),
                          1,
                          Duration.ZERO,
                          new PrintWriter(new StringWriter()))
                      .run(JSON.readTree(plan)))
          .as(plan + change)
          .isInstanceOfSatisfying(
              CommandFailure.class,
              failure -> {
                assertThat(failure.status()).isEqualTo(1);
                assertThat(failure).hasMessageContaining("expected").hasMessageContaining("found");
              });
    }
  }

  /** All that is below the directory, with its content. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.toList()) {
        boolean readable =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(file);
        files.put(directory.relativize(file).toString(), readable ? Files.readString(file) : "");
      }
    }
    return files;
  }
}
