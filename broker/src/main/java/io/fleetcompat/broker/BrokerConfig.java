package io.fleetcompat.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a broker.
 *
 * @param directory where everything of it is kept: log segments, settings, its own log; created
 * @param host loopback address that it listens on
 * @param port for clients
 * @param controllerPort for the controller quorum of one
 * @param heapMegabytes -Xmx of the child
 * @param javaOptions of the broker's JVM, after ours
 * @param startDeadline how long it may take until it answers
 * @param overrides broker settings that replace ours
 */
public record BrokerConfig(
    Path directory,
    String host,
    int port,
    int controllerPort,
    int heapMegabytes,
    List<String> javaOptions,
    Duration startDeadline,
    Map<String, String> overrides) {

  public static final String LOOPBACK = "127.0.0.1";

  /** Does not collide with a Kafka that runs where Kafka usually does (9092, 9093). */
  public static final int DEFAULT_PORT = 19092;

  public static final int DEFAULT_HEAP_MEGABYTES = 384;

  /**
   * Half the processor time of the first minutes, in which the optimizing compiler works more than
   * the broker; what lasts, and carries much, goes without.
   */
  public static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

  public static final Duration DEFAULT_START_DEADLINE = Duration.ofSeconds(90);

  public BrokerConfig {
    directory = directory.toAbsolutePath().normalize();
    javaOptions = List.copyOf(javaOptions);
    overrides = Map.copyOf(overrides);
    requirePort(port);
    requirePort(controllerPort);
    if (port == controllerPort) {
      throw new IllegalArgumentException(
          "expected two different ports for broker and controller, found " + port + " twice");
    }
  }

  /** The configuration on loopback, the controller on the next port. */
  public static BrokerConfig of(Path directory, int port) {
    return new BrokerConfig(
        directory,
        LOOPBACK,
        port,
        port + 1,
        DEFAULT_HEAP_MEGABYTES,
        QUICK_START,
        DEFAULT_START_DEADLINE,
        Map.of());
  }

  public BrokerConfig withControllerPort(int newControllerPort) {
    return new BrokerConfig(
        directory,
        host,
        port,
        newControllerPort,
        heapMegabytes,
        javaOptions,
        startDeadline,
        overrides);
  }

  public BrokerConfig withJavaOptions(List<String> options) {
    return new BrokerConfig(
        directory, host, port, controllerPort, heapMegabytes, options, startDeadline, overrides);
  }

  public BrokerConfig withOverrides(Map<String, String> newOverrides) {
    return new BrokerConfig(
        directory,
        host,
        port,
        controllerPort,
        heapMegabytes,
        javaOptions,
        startDeadline,
        newOverrides);
  }

  public BrokerConfig withHeapMegabytes(int megabytes) {
    return new BrokerConfig(
        directory, host, port, controllerPort, megabytes, javaOptions, startDeadline, overrides);
  }

  public String bootstrapServers() {
    return host + ":" + port;
  }

  Path logSegments() {
    return directory.resolve("kafka");
  }

  private static void requirePort(int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("expected a port from 1 to 65535, found " + port);
    }
  }
}
