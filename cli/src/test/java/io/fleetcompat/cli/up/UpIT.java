package io.fleetcompat.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {

  @TempDir Path directory;

  private final List<Integer> ports = FreePorts.find(3);

  @Test
  void startsAnswersStopsAndContinues() throws Exception {
    String asked;
    try (UpProcess up = start("first", "--simulate", "20")) {
      String greeting = up.awaitGreeting();
      assertThat(greeting)
          .contains("COMPATIBLE: host-", "INCOMPATIBLE: host-", "$ fleetcompat destinations");
      assertThat(greeting).contains("http://127.0.0.1:" + ports.get(0));
      asked = ask("hosts", "--limit", "50").out();
      assertThat(ask("status").status()).isZero();
      pastedQuestionsAnswerAsShown(greeting);
      Run second = Run.of("up", "--data-dir", directory.resolve("data").toString());
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err()).contains("another 'fleetcompat up' (process " + up.process().pid());
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
    // The collectors of this machine and of the fleet would share a meter in one registry.
    assertThat(Files.readString(directory.resolve("data/up.log")))
        .contains("settings of collect")
        .doesNotContain("MeterRegistry");
    try (UpProcess up = start("second", "--simulate", "20")) {
      up.awaitGreeting();
      assertThat(names(ask("hosts", "--limit", "50").out())).isEqualTo(names(asked));
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
  }

  @Test
  void aBrokerThatDiesIsStartedAgainAndChangesGoOnBeingSeen() throws Exception {
    Path fleet = directory.resolve("fleet");
    HostTree tree = new HostTree(fleet);
    tree.host("one");
    tree.host("refused", "{\"labels\": {\"\": \"x\"}}");
    try (UpProcess up = start("broker", "--fleet", fleet.toString(), "--no-local")) {
      up.awaitGreeting();
      up.broker().orElseThrow().destroyForcibly();
      Await.until("a new broker", () -> up.said().contains("the Kafka broker runs again"));
      tree.host("two");
      Await.until("the new host", () -> names(ask("hosts").out()).contains("two"));
      assertThat(names(ask("hosts", "--liveness", "fresh").out())).contains("one", "two");
      assertThat(names(ask("hosts", "--liveness", "lost").out())).doesNotContain("one");
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
  }

  /** A fleet directory with hosts of one type each. */
  private record HostTree(Path fleet) {

    void host(String name) throws IOException {
      host(name, "{}");
    }

    void host(String name, String document) throws IOException {
      Path type = fleet.resolve(name + "/sys/class/mdev_bus/p/mdev_supported_types/t");
      Files.createDirectories(type);
      Files.writeString(type.resolve("software_version"), "1.0\n");
      Files.writeString(fleet.resolve(name + "/host.json"), document);
    }
  }

  @Test
  void whenUpIsKilledItsBrokerDoesNotLinger() throws Exception {
    try (UpProcess up = start("killed")) {
      up.awaitGreeting();
      ProcessHandle broker = up.broker().orElseThrow();
      up.process().destroyForcibly().waitFor();
      Await.until("the broker to end", () -> !broker.isAlive());
    }
    try (UpProcess up = start("after")) {
      up.awaitGreeting();
      assertThat(up.interrupt()).isZero();
    }
  }

  @Test
  void aTakenPortIsNamedWithTheOptionAndNothingIsLeftRunning() throws Exception {
    for (int i = 0; i < 3; i++) {
      String option = List.of("--http-port", "--kafka-port", "--kafka-controller-port").get(i);
      try (ServerSocket taken =
              new ServerSocket(ports.get(i), 1, InetAddress.ofLiteral("127.0.0.1"));
          UpProcess up = start("taken-" + i)) {
        assertThat(up.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(up.process().exitValue()).isEqualTo(1);
        assertThat(up.said()).contains("port " + taken.getLocalPort(), option);
      }
    }
    assertThat(directory.resolve("data/broker")).doesNotExist();
  }

  @Test
  void aSignalWhileStartingStopsCleanly() throws Exception {
    try (UpProcess up = start("early", "--simulate", "20")) {
      Await.until("the start of the broker", () -> up.said().contains("starting a Kafka broker"));
      assertThat(up.interrupt()).as(up.said()).isZero();
      assertThat(up.said()).contains("stopped");
    }
  }

  /** Each line that begins with a dollar sign is a command; what it prints follows. */
  private static void pastedQuestionsAnswerAsShown(String greeting) {
    List<String> questions =
        greeting.lines().filter(line -> line.startsWith("$ fleetcompat ")).toList();
    assertThat(questions).hasSize(3);
    for (String question : questions.subList(0, 2)) {
      Run run = Run.of(question.substring("$ fleetcompat ".length()).split(" ", -1));
      assertThat(greeting).contains(run.out().lines().findFirst().orElseThrow());
      assertThat(run.status()).isIn(0, 3);
    }
  }

  private static List<String> names(String hosts) {
    return hosts.lines().map(line -> line.split(" ", -1)[0]).toList();
  }

  private Run ask(String... question) {
    return Run.of(
        Stream.concat(Stream.of(question), Stream.of("--api", "http://127.0.0.1:" + ports.get(0)))
            .toArray(String[]::new));
  }

  private UpProcess start(String name, String... options) throws Exception {
    Files.createDirectories(directory);
    return UpProcess.start(
        directory.resolve(name + ".out"),
        Stream.concat(
                Stream.of(
                    "--data-dir", directory.resolve("data").toString(),
                    "--http-port", ports.get(0).toString(),
                    "--kafka-port", ports.get(1).toString(),
                    "--kafka-controller-port", ports.get(2).toString()),
                Stream.of(options))
            .toList());
  }
}
