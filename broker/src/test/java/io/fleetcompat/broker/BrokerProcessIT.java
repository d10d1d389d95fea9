package io.fleetcompat.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessIT {

  @TempDir Path directory;

  @Test
  void continuesOnTheSameDirectoryAfterAKillAndAfterAStop() throws Exception {
    BrokerConfig config = freePorts();
    try (BrokerProcess broker = BrokerProcess.start(config)) {
      String clusterId = createTopic(broker, "kept");
      broker.kill();
      assertThat(broker.isAlive()).isFalse();
      broker.restart();
      assertThat(topics(broker)).contains("kept");
      broker.restart();
      assertThat(createTopic(broker, "more")).isEqualTo(clusterId);
      assertThat(topics(broker)).contains("kept", "more");
    }
  }

  @Test
  void aTakenPortIsNamedAndNothingIsStarted() throws Exception {
    BrokerConfig config = freePorts();
    try (ServerSocket taken =
        new ServerSocket(config.controllerPort(), 1, InetAddress.getByName(config.host()))) {
      assertThatThrownBy(() -> BrokerProcess.start(config))
          .isInstanceOf(BrokerException.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("choose another port");
    }
  }

  @Test
  void aBrokerThatCannotStartShowsTheEndOfItsLog() throws Exception {
    BrokerConfig config = freePorts().withOverrides(Map.of("log.segment.bytes", "nonsense"));
    assertThatThrownBy(() -> BrokerProcess.start(config))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("while starting")
        .hasMessageContaining("nonsense");
  }

  @Test
  void theBrokerStopsWhenItsParentIsGone() throws Exception {
    Process broker = new ProcessBuilder(BrokerCommand.prepare(freePorts())).start();
    Optional<ProcessHandle> handle = ProcessHandle.of(broker.pid());
    // The death of a parent closes its end of the pipe; so does this.
    broker.getOutputStream().close();
    assertThat(broker.waitFor(Duration.ofMinutes(2))).isTrue();
    assertThat(handle.map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  private BrokerConfig freePorts() throws IOException {
    try (ServerSocket one = new ServerSocket(0);
        ServerSocket other = new ServerSocket(0)) {
      return BrokerConfig.of(directory.resolve("broker"), one.getLocalPort())
          .withControllerPort(other.getLocalPort());
    }
  }

  private static String createTopic(BrokerProcess broker, String name) throws Exception {
    try (Admin admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
      return admin.describeCluster().clusterId().get();
    }
  }

  private static Iterable<String> topics(BrokerProcess broker) throws Exception {
    try (Admin admin = admin(broker)) {
      return admin.listTopics().names().get();
    }
  }

  private static Admin admin(BrokerProcess broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
