package io.fleetcompat.cli.process;

import static io.fleetcompat.cli.process.OverriddenFleet.NO;
import static io.fleetcompat.cli.process.OverriddenFleet.SOON;
import static io.fleetcompat.cli.process.OverriddenFleet.YES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator turns a rule off and on again, over a real broker; the naive judge agrees. */
class OverrideIT {

  private static final int USAGE = 2;
  private static final int NOT_FOUND = 5;

  private final Path directory;
  private final OverriddenFleet fleet;
  private String api = "";

  OverrideIT(@TempDir Path directory) {
    this.directory = directory;
    this.fleet = new OverriddenFleet(directory);
  }

  @Test
  void aRuleIsTurnedOffForPoolsUntilItIsTakenBackOrExpires() throws Exception {
    fleet.host("new", "blue", "1.3.0");
    fleet.host("old", "green", "1.2.0");
    fleet.host("other", "red", "1.2.0");
    try (Indexer indexer = fleet.indexer();
        FleetCollectors collectors = fleet.collectors();
        QueryServer server = fleet.api()) {
      assertThat(collectors.size()).isEqualTo(3);
      assertThat(indexer).isNotNull();
      api = OverriddenFleet.address(server);
      awaitCheck("old", NO);
      awaitCheck("other", NO);
      refused();
      Run added = add("--id", "lab", "--reason", "tried on 3 cards");
      assertThat(added.out()).contains("lab: of 1 pairs", "1 become COMPATIBLE", "added lab");
      awaitCheck("old", YES);
      awaitCheck("other", NO);
      assertThat(check("old").out()).contains("overridden by lab", "tried on 3 cards");
      assertThat(run("destinations", OverriddenFleet.endpoint("new"), "--api", api).out())
          .contains("COMPATIBLE by override lab", "1 of 1 destinations");
      assertThat(run("override", "list", "--api", api).out()).contains("lab", "in-force", "blue");
      fleet.awaitTruth(api);
      poison();
      assertThat(check("old").status()).isEqualTo(YES);
      assertThat(add("--id", "lab", "--reason", "another").status()).isEqualTo(USAGE);
      assertThat(kafka("override", "remove", "lab", "nobody").status()).isEqualTo(NOT_FOUND);
      assertThat(kafka("override", "remove", "lab").status()).isZero();
      awaitCheck("old", NO);
      assertThat(add("--id", "short", "--reason", "for a moment", "--expires", "4s").status())
          .isZero();
      awaitCheck("old", YES);
      awaitCheck("old", NO);
      assertThat(run("override", "list", "--api", api).out()).contains("expired");
      ofAFile();
      fleet.awaitTruth(api);
    }
  }

  private void refused() {
    Run structural = add("--reason", "no", "--id", "x", "--rule", "facet-missing");
    assertThat(structural.status()).isEqualTo(USAGE);
    assertThat(structural.err()).contains("software-version", "PACK/RULE", "'facet-missing'");
  }

  /** All of a file or none: a circle is refused with file and line, and nothing is written. */
  private void ofAFile() throws IOException {
    Path file = directory.resolve("overrides.yaml");
    String entry =
        "  - id: %s\n    rule: software-version\n    pool: {source: blue, destination: %s}\n"
            + "    reason: tried\n%s";
    Files.writeString(
        file,
        "overrides:\n"
            + entry.formatted("one", "green", "    replaces: two\n")
            + entry.formatted("two", "red", "    replaces: one\n"));
    Run circle = kafka("override", "add", "--file", file.toString());
    assertThat(circle.status()).isEqualTo(USAGE);
    assertThat(circle.err()).contains("overrides.yaml:6", "in a circle");
    Files.writeString(
        file,
        "overrides:\n"
            + entry.formatted("one", "green", "    replaces: two\n")
            + entry.formatted("two", "red", ""));
    assertThat(kafka("override", "add", "--file", file.toString()).status()).isZero();
    awaitCheck("old", YES);
    assertThat(check("other").status()).as("two is replaced").isEqualTo(NO);
    assertThat(kafka("override", "add", "--file", file.toString()).out())
        .contains("nothing to add");
  }

  /** Records that nobody can use are counted, and nothing else is lost. */
  private void poison() throws InterruptedException, ExecutionException {
    byte[] garbage = "no record".getBytes(StandardCharsets.UTF_8);
    fleet.write(garbage, garbage);
    fleet.write(new byte[] {'z'}, garbage);
    Await.until(
        "both are counted",
        SOON,
        () -> run("status", "--api", api).out(),
        out -> out.matches("(?s).*rejectedRecords +2\\b.*"));
  }

  private Run add(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("override", "add", "--scope", "pool", "--from", "blue", "--to", "green"));
    arguments.addAll(List.of("--author", "an.operator", "--api", api));
    if (!List.of(more).contains("--rule")) {
      arguments.addAll(List.of("--rule", "software-version"));
    }
    arguments.addAll(List.of(more));
    return kafka(arguments.toArray(String[]::new));
  }

  private Run kafka(String... arguments) {
    return fleet.kafka(arguments);
  }

  private static Run run(String... arguments) {
    return Run.of(arguments);
  }

  private Run check(String host) {
    return OverriddenFleet.check(api, host);
  }

  private void awaitCheck(String host, int status) {
    OverriddenFleet.awaitCheck(api, host, status);
  }
}
