package io.fleetcompat.cli.process;

import static io.fleetcompat.cli.process.OverriddenFleet.NO;
import static io.fleetcompat.cli.process.OverriddenFleet.SOON;
import static io.fleetcompat.cli.process.OverriddenFleet.YES;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import io.fleetcompat.testing.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records of the topic of overrides that nobody can use, one after the other: after each of them a
 * replica that has followed all along, one that starts then and reads the whole topic, and the
 * naive judge say the same.
 */
class BadOverridesIT {

  private static final byte[] ID = "lab".getBytes(StandardCharsets.UTF_8);
  private static final byte[] GARBAGE = "no record".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void underAnIdWhoseNewestRecordIsBadNoOverrideCounts() throws Exception {
    OverriddenFleet fleet = new OverriddenFleet(directory);
    fleet.host("new", "blue", "1.3.0");
    fleet.host("old", "green", "1.2.0");
    Indexer indexer = fleet.indexer();
    try (FleetCollectors collectors = fleet.collectors();
        QueryServer server = fleet.api()) {
      assertThat(collectors.size()).isEqualTo(2);
      everybodySays(NO, fleet, server);
      assertThat(add(fleet).status()).isZero();
      everybodySays(YES, fleet, server);

      fleet.write(ID, GARBAGE);
      everybodySays(NO, fleet, server);
      awaitRejected(fleet, 1, "key lab");
      fleet.write(ID, override("software-version", "blue"));
      everybodySays(YES, fleet, server);
      fleet.write(ID, override("facet-missing", "blue"));
      everybodySays(NO, fleet, server);
      awaitRejected(fleet, 2, "facet-missing");
      fleet.write(ID, override("software-version", " "));
      everybodySays(NO, fleet, server);
      assertThat(add(fleet).status()).as("a bad record is in nobody's way").isZero();
      everybodySays(YES, fleet, server);
      fleet.write("NO ID".getBytes(StandardCharsets.UTF_8), GARBAGE);
      everybodySays(YES, fleet, server);
      fleet.write(ID, GARBAGE);
      everybodySays(NO, fleet, server);
      awaitRejected(fleet, 5, "key NO ID");

      indexer.close();
      indexer = fleet.indexer();
      assertThat(fleet.kafka("override", "remove", "lab").status())
          .as("what nobody can read can be removed")
          .isZero();
      everybodySays(NO, fleet, server);
      assertThat(fleet.kafka("override", "remove", "lab").status()).isEqualTo(5);
      awaitRejected(fleet, 5, "key NO ID");
    } finally {
      indexer.close();
    }
  }

  private static void everybodySays(int status, OverriddenFleet fleet, QueryServer server) {
    String following = OverriddenFleet.address(server);
    OverriddenFleet.awaitCheck(following, "old", status);
    try (QueryServer started = fleet.api()) {
      Await.until("it has read the index", SOON, started::isReady, ready -> ready);
      String from = OverriddenFleet.address(started);
      OverriddenFleet.awaitCheck(from, "old", status);
      fleet.awaitTruth(from);
    }
    assertThat(OverriddenFleet.check(following, "old").status()).isEqualTo(status);
    fleet.awaitTruth(following);
  }

  /** Each of them once, over restarts of the indexer too. */
  private static void awaitRejected(OverriddenFleet fleet, int count, String text) {
    Await.until(
        "what was rejected is kept",
        SOON,
        () -> fleet.kafka("rejected"),
        run -> run.out().contains(count + " shown") && run.out().contains(text));
  }

  private static Run add(OverriddenFleet fleet) {
    return fleet.kafka(
        "override",
        "add",
        "--id",
        "lab",
        "--scope",
        "pool",
        "--from",
        "blue",
        "--to",
        "green",
        "--rule",
        "software-version",
        "--reason",
        "tried");
  }

  private static byte[] override(String rule, String pool) {
    return Codecs.OVERRIDE.encode(
        new OverrideRecord(
            rule,
            OverrideScopeKind.POOL,
            pool,
            "green",
            "an.operator",
            "tried",
            Instant.EPOCH,
            null,
            null));
  }
}
