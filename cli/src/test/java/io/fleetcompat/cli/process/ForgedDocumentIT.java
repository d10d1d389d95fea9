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
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.testing.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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
        fleet.write("host-inventory", "old".getBytes(StandardCharsets.UTF_8), forged(truth));
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

  /** One that asks all the time, and notes what it hears. */
  private static final class Asker implements AutoCloseable {
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    Asker(String api) {
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!closed.get()) {
                      answers.add(OverriddenFleet.check(api, "old").status());
                    }
                  });
    }

    Set<Integer> answers() {
      return Set.copyOf(answers);
    }

    @Override
    public void close() {
      closed.set(true);
      Await.until("it asks no more", () -> !thread.isAlive());
    }
  }

  /** The next document of the host, if it had another driver. */
  private static byte[] forged(HostInventory truth) throws Exception {
    String bytes =
        new String(Codecs.HOST_INVENTORY.encode(truth), StandardCharsets.ISO_8859_1)
            .replace("1.2.0", "1.3.0");
    HostInventory forged =
        Codecs.HOST_INVENTORY.decode(bytes.getBytes(StandardCharsets.ISO_8859_1));
    forged.put("sequence", truth.getSequence() + 1);
    forged.put("observedAt", Instant.EPOCH);
    return Codecs.HOST_INVENTORY.encode(forged);
  }
}
