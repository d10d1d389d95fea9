package io.fleetcompat.testing;

import io.fleetcompat.broker.BrokerConfig;
import io.fleetcompat.broker.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A broker child on free ports in a temporary directory.
 *
 * @param process to be killed and restarted by the test
 * @param directory deleted at the end
 */
public record OwnBroker(BrokerProcess process, Path directory) implements AutoCloseable {

  static OwnBroker start() {
    try {
      Path directory = Files.createTempDirectory("fleetcompat-broker-");
      List<Integer> ports = FreePorts.find(2);
      BrokerConfig config =
          BrokerConfig.of(directory, ports.get(0)).withControllerPort(ports.get(1));
      return new OwnBroker(BrokerProcess.start(config), directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the broker started", e);
    }
  }

  public String bootstrapServers() {
    return process.bootstrapServers();
  }

  @Override
  public void close() {
    process.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
