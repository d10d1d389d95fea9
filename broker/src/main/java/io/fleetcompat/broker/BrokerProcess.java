package io.fleetcompat.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Kafka broker, as a child of this process with this process's class path. It dies with
 * its parent, and a later start on the same directory continues.
 *
 * <p>Threads: every method may be called from any thread; one at a time is served.
 */
public final class BrokerProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerProcess.class);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(8);
  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(5);

  private final BrokerConfig config;
  private Process process;

  private BrokerProcess(BrokerConfig config, Process process) {
    this.config = config;
    this.process = process;
  }

  /**
   * Starts a broker and waits until it answers.
   *
   * @throws BrokerException where a port is taken, or it does not answer in time
   */
  public static BrokerProcess start(BrokerConfig config) throws IOException, InterruptedException {
    BrokerProcess broker = new BrokerProcess(config, launch(config));
    broker.awaitAnswer();
    return broker;
  }

  public String bootstrapServers() {
    return config.bootstrapServers();
  }

  public synchronized long pid() {
    return process.pid();
  }

  public synchronized boolean isAlive() {
    return process.isAlive();
  }

  /**
   * True where its files are there. A broker goes on for a while after somebody has deleted them,
   * and writes where nobody will find anything.
   */
  public boolean hasItsFiles() {
    return Files.exists(config.logSegments().resolve(BrokerMain.FORMATTED));
  }

  /** SIGKILL: what a power cut looks like to everybody else. Returns when it is dead. */
  public synchronized void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts again on the same directory and ports, and waits until it answers. */
  public synchronized void restart() throws IOException, InterruptedException {
    stop();
    process = launch(config);
    awaitAnswer();
  }

  /** SIGTERM, and SIGKILL where that is not enough. */
  @Override
  public synchronized void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_DEADLINE)) {
      LOG.warn("the broker did not stop within {}: killed", STOP_DEADLINE);
      kill();
    }
  }

  private static Process launch(BrokerConfig config) throws IOException {
    requireFree(config.host(), config.port(), "Kafka broker");
    requireFree(config.host(), config.controllerPort(), "Kafka controller");
    ProcessBuilder builder = new ProcessBuilder(BrokerCommand.prepare(config));
    builder.redirectErrorStream(true);
    builder.redirectOutput(BrokerLog.in(config.directory()).output().toFile());
    return builder.start();
  }

  private static void requireFree(String host, int port, String whose) throws BrokerException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new BrokerException(
          "expected port %d on %s to be free for the %s, but it is taken (%s): stop what listens there, or choose another port"
              .formatted(port, host, whose, e.getMessage()));
    }
  }

  private synchronized void awaitAnswer() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + config.startDeadline().toNanos();
    boolean answered = false;
    try {
      while (!answered) {
        requireHope(deadline);
        answered = accepts() && answers();
        if (!answered) {
          process.waitFor(POLL);
        }
      }
    } finally {
      if (!answered) {
        process.destroyForcibly();
      }
    }
  }

  private void requireHope(long deadline) throws BrokerException {
    String tail = BrokerLog.in(config.directory()).tail();
    if (!process.isAlive()) {
      throw new BrokerException(
          "the Kafka broker ended with status " + process.exitValue() + " while starting" + tail);
    }
    if (System.nanoTime() > deadline) {
      throw new BrokerException(
          "expected the Kafka broker to answer at %s within %s; it did not%s"
              .formatted(config.bootstrapServers(), config.startDeadline(), tail));
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(config.host(), config.port()), (int) POLL.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean answers() throws InterruptedException {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_DEADLINE.toMillis(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_DEADLINE.toMillis());
    try (Admin admin = Admin.create(settings)) {
      return !admin
          .describeCluster()
          .nodes()
          .get(ANSWER_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
          .isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the broker does not answer yet", e);
      return false;
    }
  }
}
