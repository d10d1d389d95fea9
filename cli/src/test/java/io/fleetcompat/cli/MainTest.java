package io.fleetcompat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

class MainTest {

  @Test
  void everyCommandHasHelpThatSaysWhatItDoesAndItsExitStatuses() {
    for (CommandLine command : Main.commandLine().getSubcommands().values()) {
      String name = command.getCommandName();
      Run run = Run.of(name, "--help");
      assertThat(run.status()).as(name).isZero();
      assertThat(run.out()).as(name).contains("Usage: fleetcompat " + name, "Exit statuses:");
      assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
    }
  }

  @Test
  void thePortsOfUpMustDiffer() {
    Run run = Run.of("up", "--http-port", "20001", "--kafka-port", "20000");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("different numbers", "[20001, 20000, 20001]");
  }

  @Test
  void aKafkaThatIsNotThereIsSaidInOneSentence() {
    for (String command : List.of("topics", "rejected")) {
      Run run =
          Run.of(
              command,
              "--bootstrap-servers=127.0.0.1:1",
              "--kafka=request.timeout.ms=500",
              "--kafka=default.api.timeout.ms=1000");
      assertThat(run.status()).as(run.err()).isEqualTo(1);
      assertThat(run.err())
          .contains("expected Kafka at 127.0.0.1:1, found none: 127.0.0.1:1: Connection refused");
    }
  }

  @Test
  void aKafkaThatSaysNothingIsWaitedForAloud() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      for (String command : List.of("topics", "rejected")) {
        Run run =
            Run.of(
                command,
                "--bootstrap-servers=127.0.0.1:" + silent.getLocalPort(),
                "--kafka=request.timeout.ms=4000",
                "--kafka=default.api.timeout.ms=4000");
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.err().lines().toList())
            .satisfiesExactly(
                line -> assertThat(line).startsWith("fleetcompat: waiting for an answer of Kafka"),
                line -> assertThat(line).contains("expected an answer in time, found none"));
      }
    }
  }

  @Test
  void aTrustStoreThatIsNotThereIsSaidInOneLine() throws IOException {
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try (ServerSocket listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      for (String command : List.of("topics", "rejected", "index --state-dir /none")) {
        Run run =
            Run.of(
                (command
                        + " --bootstrap-servers 127.0.0.1:"
                        + listening.getLocalPort()
                        + " --kafka security.protocol=SSL"
                        + " --kafka ssl.truststore.location=/nope")
                    .split(" ", -1));
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1).first(STRING).contains("/nope");
      }
      assertThat(log.list).filteredOn(event -> event.getLevel() != Level.INFO).isEmpty();
    } finally {
      root.detachAppender(log);
    }
  }

  @Test
  void anUnknownOptionIsWrongUsageWithAHint() {
    Run run = Run.of("check", "--max-aeg", "1m", "a/b", "c");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--max-aeg", "--max-age", "fleetcompat check --help");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anUnknownCommandIsWrongUsageWithAHint() {
    Run run = Run.of("destination");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("destinations");
  }

  @Test
  void versionAndCompletionArePrinted() {
    assertThat(Run.of("--version").out()).startsWith("fleetcompat ");
    assertThat(Run.of("check", "--version").out()).startsWith("fleetcompat ");
    assertThat(Run.of("completion", "bash").out()).contains("complete -F", "destinations");
    assertThat(Run.of("completion", "zsh").out()).contains("compinit", "destinations");
    assertThat(Run.of("completion", "fish").status()).isEqualTo(2);
  }
}
