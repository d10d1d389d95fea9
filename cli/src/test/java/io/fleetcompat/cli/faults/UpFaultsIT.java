package io.fleetcompat.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.up.UpProcess;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens to a machine, and {@code up} goes on: each fault, and all hosts are back after. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Order(3)
class UpFaultsIT {

  private static final Duration HEALED_WITHIN = Duration.ofMinutes(2);
  private static final int KILLS = 5;
  private static final int MEBIBYTES = 64;
  private static final int HOSTS = 3;

  /** Before, there were some thousand within a second. */
  private static final int MOST_LINES = 200;

  @TempDir Path directory;

  private final List<Integer> ports = FreePorts.find(3);

  @Test
  void aBrokerThatIsKilledAgainAndAgainIsStartedEachTime() throws Exception {
    try (UpProcess up = start(directory.resolve("data"))) {
      up.awaitGreeting();
      for (int kill = 1; kill <= KILLS; kill++) {
        ProcessHandle broker = up.broker().orElseThrow();
        broker.destroyForcibly();
        int times = kill;
        Await.until(
            "start " + kill, () -> count(up.said(), "the Kafka broker runs again") == times);
      }
      awaitHosts();
      assertThat(up.said()).contains("the Kafka broker has died: starting it again in 4.0 s");
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
  }

  @Test
  void aDiskThatIsFullIsWaitedForAtTheStartAndLaterAndEverythingHeals() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), MEBIBYTES)) {
      disk.fill();
      try (UpProcess up = start(disk.directory().resolve("data"))) {
        Await.until("that it waits", () -> up.said().contains("waiting for room on the disk"));
        disk.empty();
        up.awaitGreeting();
        awaitHosts();
        List<String> before = verdicts();
        disk.fill();
        Await.until(
            "that the broker waits", () -> up.said().contains("the Kafka broker waits for room"));
        assertThat(up.said()).contains("expected 32 MiB free for", "found 0 MiB");
        assertNoOtherYes(before);
        disk.empty();
        Await.until("the broker", () -> up.said().contains("the Kafka broker runs again"));
        awaitHosts();
        Await.until("the same answers", HEALED_WITHIN, this::verdicts, before::equals);
        assertThat(up.interrupt()).as(up.said()).isZero();
      }
    }
  }

  @Test
  void topicsThatAreDeletedAreMadeAgainWithKeysAndTheLogStaysShort() throws Exception {
    try (UpProcess up = start(directory.resolve("data"), "--with-keys")) {
      up.awaitGreeting();
      List<String> before = verdicts();
      deleteTopics("-hosts-changelog");
      awaitIndexer(up, 1);
      assertNoOtherYes(before);
      awaitHosts();
      Await.until("the same answers", HEALED_WITHIN, this::verdicts, before::equals);
      Path log = directory.resolve("data/up.log");
      long lines = kafkaLines(log);
      deleteTopics("");
      awaitIndexer(up, 2);
      awaitHosts();
      Await.until("the same answers", HEALED_WITHIN, this::verdicts, before::equals);
      assertThat(kafkaLines(log) - lines).isLessThan(MOST_LINES);
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
  }

  private static void awaitIndexer(UpProcess up, int start) {
    Await.until(
        "start %d of another indexer".formatted(start),
        () -> count(up.said(), "the indexer runs again") == start);
  }

  @Test
  void aDataDirectoryThatIsDeletedIsMadeAgain() throws Exception {
    Path data = directory.resolve("data");
    try (UpProcess up = start(data)) {
      up.awaitGreeting();
      List<String> before = verdicts();
      new ProcessBuilder("rm", "-rf", data.toString()).inheritIO().start().waitFor();
      Await.until(
          "another indexer",
          HEALED_WITHIN.multipliedBy(2),
          () -> up.said().contains("the indexer runs again"),
          held -> held);
      awaitHosts();
      Await.until("the same answers", HEALED_WITHIN, this::verdicts, before::equals);
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
  }

  private void deleteTopics(String end) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + ports.get(1)))) {
      List<String> names =
          admin.listTopics().names().get().stream().filter(name -> name.endsWith(end)).toList();
      assertThat(names).isNotEmpty();
      admin.deleteTopics(names).all().get();
    }
  }

  /** Lines that Kafka's clients wrote; a line of a stack trace is none. */
  private static long kafkaLines(Path log) throws IOException {
    return Files.readAllLines(log).stream().filter(line -> line.contains("] o.a.k.")).count();
  }

  private void awaitHosts() {
    Await.until(
        "all hosts fresh",
        HEALED_WITHIN,
        () -> ask("hosts", "--liveness", "fresh").out().lines().filter(UpFaultsIT::isHost).count(),
        fresh -> fresh == HOSTS);
  }

  private static boolean isHost(String line) {
    return line.startsWith("host-");
  }

  /** The verdicts of all pairs of the first host's endpoints. */
  private List<String> verdicts() {
    return ask("destinations", "host-0000/virtio0", "--unknown", "--limit", "100")
        .out()
        .lines()
        .filter(UpFaultsIT::isHost)
        .map(line -> String.join(" ", List.of(line.split(" +", -1)).subList(0, 2)))
        .toList();
  }

  /** An answer that is older than the fault is the one of before, or not known. */
  private void assertNoOtherYes(List<String> before) {
    List<String> yes = verdicts().stream().filter(line -> line.endsWith(" COMPATIBLE")).toList();
    assertThat(before).containsAll(yes);
  }

  private static long count(String text, String words) {
    return text.lines().filter(line -> line.contains(words)).count();
  }

  private Run ask(String... question) {
    return Run.of(
        Stream.concat(Stream.of(question), Stream.of("--api", "http://127.0.0.1:" + ports.get(0)))
            .toArray(String[]::new));
  }

  private UpProcess start(Path data, String... more) throws IOException {
    List<String> options =
        List.of(
            "--simulate",
            String.valueOf(HOSTS),
            "--no-local",
            "--data-dir",
            data.toString(),
            "--http-port",
            ports.get(0).toString(),
            "--kafka-port",
            ports.get(1).toString(),
            "--kafka-controller-port",
            ports.get(2).toString());
    return UpProcess.start(
        directory.resolve("up.out"), Stream.concat(options.stream(), Stream.of(more)).toList());
  }
}
