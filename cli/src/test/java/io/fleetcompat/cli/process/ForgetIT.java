package io.fleetcompat.cli.process;

import static io.fleetcompat.cli.process.OverriddenFleet.NO;
import static io.fleetcompat.cli.process.OverriddenFleet.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are forgotten, and come back. */
class ForgetIT {

  private static final int USAGE = 2;
  private static final int NOT_FOUND = 5;

  private final Path directory;
  private final OverriddenFleet fleet;

  ForgetIT(@TempDir Path directory) {
    this.directory = directory;
    this.fleet = new OverriddenFleet(directory);
  }

  @Test
  void aForgottenHostLeavesTheIndexUntilItSpeaksAgain() throws Exception {
    fleet.host("new", "p", "1.3.0");
    fleet.host("old", "p", "1.2.0");
    try (Indexer indexer = fleet.indexer();
        QueryServer server = fleet.api()) {
      assertThat(indexer).isNotNull();
      String api = OverriddenFleet.address(server);
      try (FleetCollectors collectors = fleet.collectors()) {
        assertThat(collectors.size()).isEqualTo(2);
        OverriddenFleet.awaitCheck(api, "old", NO);
      }
      refused();
      Run forgotten = fleet.kafka("forget", "old", "--yes");
      assertThat(forgotten.out()).as(forgotten.err()).isEqualTo("forgot old\n");
      awaitHost(api, NOT_FOUND);
      assertThat(fleet.kafka("forget", "old", "--yes").status()).isEqualTo(NOT_FOUND);
      assertThat(Run.of("hosts", "new", "--api", api).status()).isZero();
      try (FleetCollectors again = fleet.collectors()) {
        assertThat(again.size()).isEqualTo(2);
        awaitHost(api, 0);
        OverriddenFleet.awaitCheck(api, "old", NO);
      }
      aHostWithAKeyIsNotForgotten();
    }
  }

  private void refused() {
    Run unasked = fleet.kafka("forget", "old");
    assertThat(unasked.status()).isEqualTo(USAGE);
    assertThat(unasked.err()).contains("expected --yes");
    assertThat(fleet.kafka("forget", "old", "nobody", "--yes").status()).isEqualTo(NOT_FOUND);
    assertThat(fleet.kafka("forget", "a/b", "--yes").err()).contains("expected a host name");
  }

  private void aHostWithAKeyIsNotForgotten() {
    Path keys = directory.resolve("keys");
    assertThat(Run.of("keys", "init", keys.toString()).status()).isZero();
    Run added =
        fleet.kafka(
            "keys",
            "add",
            "old",
            "--fleet-key",
            keys.resolve("fleet.key").toString(),
            "--out",
            keys.resolve("hosts").toString());
    assertThat(added.status()).as(added.err()).isZero();
    Run refused = fleet.kafka("forget", "old", "--yes");
    assertThat(refused.status()).isEqualTo(USAGE);
    assertThat(refused.err()).contains("'keys revoke --remove old'");
  }

  private static void awaitHost(String api, int status) {
    Await.until(
        "host old: " + status,
        SOON,
        () -> Run.of("hosts", "old", "--api", api).status(),
        found -> found == status);
  }
}
