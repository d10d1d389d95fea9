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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes of migrations, from the command that reports one to an override by an operator. */
class OutcomeIT {

  private final Path directory;
  private final OverriddenFleet fleet;
  private String api = "";

  OutcomeIT(@TempDir Path directory) {
    this.directory = directory;
    this.fleet = new OverriddenFleet(directory);
  }

  @Test
  void anOutcomeCountsInEveryReplicaAndMayBecomeAnOverride() throws Exception {
    fleet.host("new", "blue", "1.3.0");
    fleet.host("old", "blue", "1.2.0");
    fleet.host("same", "blue", "1.3.0");
    try (Indexer indexer = fleet.indexer();
        FleetCollectors collectors = fleet.collectors();
        QueryServer server = fleet.api(directory.resolve("history"));
        QueryServer other = fleet.api()) {
      assertThat(collectors.size()).isEqualTo(3);
      assertThat(indexer).isNotNull();
      api = OverriddenFleet.address(server);
      OverriddenFleet.awaitCheck(api, "old", NO);
      OverriddenFleet.awaitCheck(api, "same", YES);
      Instant before = Instant.now();
      upgradeOf("old");

      Run wrong = tell("old", "--result=succeeded", "--id=m-1", "--at=" + before);
      assertThat(wrong.status()).as(wrong.err()).isEqualTo(NO);
      assertThat(wrong.out()).contains("INCOMPATIBLE", "software-version", "The index was wrong");
      assertThat(tell("old", "--result=failed", "--at=" + Instant.now()).out())
          .contains("COMPATIBLE: new");
      assertThat(tell("same", "--result=succeeded").out()).contains("The index was right");
      Run gone = tellOf("new/gone", "same", "--result=succeeded");
      assertThat(gone.out()).contains("no prediction", "has no endpoint 'gone'");
      poison();

      awaitAudit(api);
      awaitAudit(OverriddenFleet.address(other));
      try (QueryServer again = fleet.api()) {
        awaitAudit(OverriddenFleet.address(again));
      }
      Run audit = Run.of("audit", "outcomes", "--api", api);
      assertThat(audit.out())
          .contains("WRONG: INCOMPATIBLE, and 1 succeeded", "override add --outcome m-1 --rule")
          .contains("software_version: source 1.3.0, destination 1.2.0");
      fleet.software("old", "1.2.0");
      OverriddenFleet.awaitCheck(api, "old", NO);
      Run added = fleet.kafka("override", "add", "--outcome=m-1", "--api", api);
      assertThat(added.status()).as(added.err()).isZero();
      OverriddenFleet.awaitCheck(api, "old", YES);
      assertThat(OverriddenFleet.check(api, "old").out()).contains("outcome m-1 succeeded");
      fleet.awaitTruth(api);
    }
  }

  @Test
  void reportsOfAFileEndAtTheFirstThatIsRefused() throws Exception {
    fleet.host("new", "blue", "1.3.0");
    fleet.host("same", "blue", "1.3.0");
    try (Indexer indexer = fleet.indexer();
        FleetCollectors collectors = fleet.collectors();
        QueryServer server = fleet.api()) {
      assertThat(collectors.size()).isEqualTo(2);
      assertThat(indexer).isNotNull();
      api = OverriddenFleet.address(server);
      OverriddenFleet.awaitCheck(api, "same", YES);
      Path file = directory.resolve("reports.ndjson");
      String good =
          "{\"source\":\"%s\",\"destination\":\"same\",\"result\":\"succeeded\"}\n"
              .formatted(OverriddenFleet.endpoint("new"));
      Files.writeString(file, good + "\n" + good + "{\"result\":\"won\"}\n" + good);
      Run run = Run.of("outcome", "--file", file.toString(), "--api", api);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("reports.ndjson:4: result: expected one of succeeded");
      Await.until("two are told", SOON, () -> outcomes(api), text -> text.contains("succeeded  2"));
      Files.writeString(file, good + good);
      assertThat(Run.of("outcome", "--file", file.toString(), "--api", api).out())
          .contains("2 outcomes reported; the index was wrong 0 times");
      Run.of("outcome", "--file", file.toString(), "--api", api);
      Await.until(
          "each line counts once: the first of both files, and the others",
          SOON,
          () -> outcomes(api),
          text -> text.contains("succeeded  3"));
    }
  }

  private void upgradeOf(String host) throws Exception {
    fleet.software(host, "1.3.0");
    OverriddenFleet.awaitCheck(api, host, YES);
  }

  private Run tell(String destination, String... more) {
    return tellOf(OverriddenFleet.endpoint("new"), destination, more);
  }

  private Run tellOf(String source, String destination, String... more) {
    String[] all = new String[5 + more.length];
    all[0] = "outcome";
    all[1] = source;
    all[2] = destination;
    all[3] = "--api";
    all[4] = api;
    System.arraycopy(more, 0, all, 5, more.length);
    return Run.of(all);
  }

  /** A record that nobody can read is counted, and nothing else is lost. */
  private void poison() throws Exception {
    byte[] garbage = "no record".getBytes(StandardCharsets.UTF_8);
    fleet.write("outcomes", garbage, garbage);
  }

  private static String outcomes(String api) {
    return Run.of("audit", "outcomes", "--api", api).out();
  }

  private static void awaitAudit(String api) {
    Await.until(
        "all outcomes count at " + api,
        SOON,
        () -> outcomes(api),
        text ->
            text.matches(
                "(?s).*COMPATIBLE +succeeded +1\\n.*COMPATIBLE +failed +1\\n"
                    + ".*INCOMPATIBLE +succeeded +1\\n.*none +succeeded +1\\n.*"));
  }
}
