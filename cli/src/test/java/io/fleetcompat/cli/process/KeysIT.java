package io.fleetcompat.cli.process;

import static io.fleetcompat.cli.process.OverriddenFleet.NO;
import static io.fleetcompat.cli.process.OverriddenFleet.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts with keys: somebody who may write to every topic of hosts, and knows how, changes no
 * answer; whose key is revoked is not believed any more.
 */
class KeysIT {

  private static final byte[] OLD = "old".getBytes(UTF_8);

  private final Path directory;
  private final OverriddenFleet fleet;

  KeysIT(@TempDir Path directory) {
    this.directory = directory;
    this.fleet = new OverriddenFleet(directory);
  }

  private Path keys() {
    return directory.resolve("keys");
  }

  private Run keys(String command, String... more) {
    List<String> all = new ArrayList<>(List.of("keys", command));
    all.addAll(List.of(more));
    if (command.equals("add") || command.equals("rotate")) {
      all.addAll(
          List.of(
              "--fleet-key",
              keys().resolve("fleet.key").toString(),
              "--out",
              keys().resolve("hosts").toString()));
    }
    return fleet.kafka(all.toArray(String[]::new));
  }

  @Test
  void whoHasNoKeyChangesNoAnswer() throws Exception {
    fleet.host("new", "p", "1.3.0");
    fleet.host("old", "p", "1.2.0");
    Run init = Run.of("keys", "init", keys().toString());
    assertThat(init.status()).as(init.err()).isZero();
    assertThat(Run.of("keys", "init", keys().toString()).err()).contains("found one; it stays");
    try (Indexer indexer = fleet.indexer(Map.of("key-file", keys() + "/fleet.key"))) {
      Await.until("the indexer is ready", indexer::isReady);
      Run added = keys("add", "new", "old");
      assertThat(added.status()).as(added.err()).isZero();
      assertThat(keys("add", "old").err()).contains("'keys rotate' gives it another");
      try (FleetCollectors collectors =
              fleet.collectors(Map.of("key-file", keys() + "/hosts", "interval.heartbeat", "1s"));
          QueryServer server = fleet.api(Map.of("key-file", keys() + "/api.key"))) {
        assertThat(collectors.size()).isEqualTo(2);
        attack(OverriddenFleet.address(server));
        revoke(OverriddenFleet.address(server));
        rotateAll(OverriddenFleet.address(server));
        remove(OverriddenFleet.address(server));
        restore();
      }
    }
  }

  private void attack(String api) throws Exception {
    OverriddenFleet.awaitCheck(api, "old", NO);
    List<ConsumerRecord<byte[], byte[]>> heartbeats = fleet.records("host-capacity", "old");
    try (Asker asker = new Asker(api)) {
      byte[] lie = ForgedRecords.document(fleet.newest("old"));
      fleet.write("host-inventory", OLD, lie);
      fleet.write("host-capacity", OLD, ForgedRecords.heartbeat(lie));
      awaitRejected("unsigned");
      fleet.write("host-inventory", OLD, null);
      Await.until(
          "a later heartbeat than the first",
          () -> fleet.records("host-capacity", "old").size() > heartbeats.size());
      fleet.again(heartbeats.getFirst());
      awaitRejected("replayed");
      Await.until(
          "the finding is shown",
          SOON,
          () -> Run.of("hosts", "old", "--api", api),
          run -> run.out().contains("finding: records came under its name"));
      fleet.awaitTruth(api);
      assertThat(asker.answers()).as("answers meanwhile").containsExactly(NO);
    }
  }

  private void revoke(String api) {
    Run revoked = keys("revoke", "old", "--reason", "stolen");
    assertThat(revoked.out()).as(revoked.err()).isEqualTo("revoked old\n");
    awaitLiveness(api, "STALE");
    assertThat(keys("list").out()).containsPattern("old +revoked +1 .* stolen");
    awaitRejected("forged");
    assertThat(keys("revoke", "old").status()).isEqualTo(5);
    assertThat(keys("rotate", "old").status()).isEqualTo(5);
    Run added = keys("add", "old");
    assertThat(added.status()).as(added.err()).isZero();
    awaitLiveness(api, "FRESH");
    Run rotated = keys("rotate", "old");
    assertThat(rotated.out()).as(rotated.err()).startsWith("rotated old to generation 3: ");
    assertThat(keys("list").out()).containsPattern("old +active +2 to 3 ");
    Await.until(
        "a heartbeat with the new key",
        SOON,
        () -> fleet.records("host-capacity", "old").getLast(),
        last -> last.headers().lastHeader("fleetcompat-mark").value()[4] == 3);
    awaitLiveness(api, "FRESH");
  }

  private void rotateAll(String api) {
    Run rotated = keys("rotate", "--now", "--all");
    assertThat(rotated.out())
        .as(rotated.err())
        .contains("rotated new to generation 2: ", "rotated old to generation 4: ");
    awaitLiveness(api, "FRESH");
    assertThat(keys("list").out()).containsPattern("old +active +4 ");
    assertThat(keys("rotate", "--all", "old").err()).contains("beside --all, found 1");
    assertThat(keys("rotate").err()).contains("expected the name of a host, found none");
  }

  private void remove(String api) {
    Run removed = keys("revoke", "--remove", "old");
    assertThat(removed.out()).as(removed.err()).isEqualTo("revoked and removed old\n");
    Await.until(
        "host old is gone",
        SOON,
        () -> Run.of("hosts", "old", "--api", api).status(),
        status -> status == 5);
    assertThat(keys("list").out()).containsPattern("old +removed +4 ");
    assertThat(keys("revoke", "--remove", "old").status()).as("it is removed").isEqualTo(5);
  }

  private void restore() throws Exception {
    Path saved = directory.resolve("keys.json");
    Files.writeString(saved, keys("list", "--json").out());
    assertThat(keys("add", "old").out()).contains("added old: ");
    assertThat(keys("restore", saved.toString()).out())
        .isEqualTo("restored 0, left 2 as they are registered\n");
    Files.writeString(saved, Files.readString(saved).replace("\"newest\" : 4", "\"newest\" : 7"));
    assertThat(keys("restore", saved.toString()).out())
        .isEqualTo("restored 1, left 1 as they are registered\n");
    assertThat(keys("list").out()).containsPattern("old +removed +4 to 7 .* restored");
    assertThat(keys("restore", directory.resolve("none").toString()).err())
        .contains("expected a file or directory, found none");
  }

  private static void awaitLiveness(String api, String liveness) {
    Await.until(
        "host old is " + liveness,
        SOON,
        () -> Run.of("hosts", "old", "--api", api),
        run -> run.out().contains(liveness));
  }

  private void awaitRejected(String code) {
    Await.until(
        "it is kept: " + code,
        SOON,
        () -> fleet.kafka("rejected"),
        run -> run.out().contains(code));
  }
}
