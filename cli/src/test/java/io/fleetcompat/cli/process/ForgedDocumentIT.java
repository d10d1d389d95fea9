package io.fleetcompat.cli.process;

import static io.fleetcompat.cli.process.OverriddenFleet.NO;
import static io.fleetcompat.cli.process.OverriddenFleet.SOON;
import static io.fleetcompat.cli.process.OverriddenFleet.YES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.testing.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody else writes a document under a host's name, with the number that the host's next one
 * will have, and lies about its driver: a question that the truth denies is never answered with
 * yes.
 */
class ForgedDocumentIT {

  private static final int UNKNOWN = 4;

  @TempDir Path directory;

  @Test
  void aForgedDocumentIsNeverAYesAndTheHostsNextDocumentsHeal() throws Exception {
    OverriddenFleet fleet = new OverriddenFleet(directory);
    fleet.host("new", "p", "1.3.0");
    fleet.host("old", "p", "1.2.0");
    try (Indexer indexer = fleet.indexer();
        FleetCollectors collectors = fleet.collectors();
        QueryServer server = fleet.api()) {
      assertThat(indexer).isNotNull();
      assertThat(collectors.size()).isEqualTo(2);
      String api = OverriddenFleet.address(server);
      OverriddenFleet.awaitCheck(api, "old", NO);
      try (Asker asker = new Asker(api)) {
        HostInventory truth = fleet.newest("old");
        fleet.write(
            "host-inventory",
            "old".getBytes(StandardCharsets.UTF_8),
            ForgedRecords.document(truth));
        Await.until(
            "the forged document is placed, and nobody vouches for it",
            SOON,
            () -> OverriddenFleet.check(api, "old"),
            run -> run.status() == UNKNOWN && run.out().contains("host-stale"));

        fleet.software("old", "1.1.0");
        Await.until(
            "the finding is shown",
            SOON,
            () -> Run.of("hosts", "old", "--api", api),
            run -> run.out().contains("finding: two documents with one version"));
        assertThat(OverriddenFleet.check(api, "old").status()).isEqualTo(UNKNOWN);
        Await.until(
            "the other document is kept",
            SOON,
            () -> fleet.kafka("rejected"),
            run -> run.out().contains("conflict"));

        fleet.software("old", "1.0.0");
        OverriddenFleet.awaitCheck(api, "old", NO);
        assertThat(Run.of("hosts", "old", "--api", api).out()).doesNotContain("finding");
        fleet.awaitTruth(api);
        assertThat(asker.answers()).as("answers meanwhile").doesNotContain(YES).contains(UNKNOWN);
      }
      fleet.software("old", "1.3.0");
      OverriddenFleet.awaitCheck(api, "old", YES);
    }
  }
}
