package io.fleetcompat.testing;

import java.util.Optional;
import java.util.UUID;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The broker of integration tests: one for the whole JVM, in a container where Docker answers, else
 * a child process. Tests are kept apart by topic prefixes.
 *
 * <p>Threads: any.
 */
public final class KafkaFixture {

  private static final String IMAGE = "apache/kafka-native:4.4.0";

  private final String bootstrapServers;

  private KafkaFixture(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** The one broker; started by the first who asks, stopped with the JVM. */
  public static KafkaFixture shared() {
    return Holder.SHARED;
  }

  /**
   * A broker of the caller's own on free ports, that can be killed: always a child process. Close
   * it; what it wrote is deleted then.
   */
  public static OwnBroker own() {
    return OwnBroker.start();
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** A topic prefix, and a name for groups and applications, that nobody else has. */
  public String uniquePrefix() {
    return "t" + UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  private static KafkaFixture startShared() {
    return container().orElseGet(KafkaFixture::childProcess);
  }

  private static KafkaFixture childProcess() {
    OwnBroker broker = OwnBroker.start();
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
    return new KafkaFixture(broker.process().bootstrapServers());
  }

  // Testcontainers itself removes the container when the JVM ends.
  @SuppressWarnings("resource")
  private static Optional<KafkaFixture> container() {
    if (!Docker.answers()) {
      return Optional.empty();
    }
    KafkaContainer container =
        new KafkaContainer(DockerImageName.parse(IMAGE))
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_MESSAGE_MAX_BYTES", String.valueOf(5 << 20));
    container.start();
    return Optional.of(new KafkaFixture(container.getBootstrapServers()));
  }

  private static final class Holder {
    private static final KafkaFixture SHARED = startShared();
  }
}
