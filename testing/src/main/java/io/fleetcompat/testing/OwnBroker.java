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
 * A broker child on free ports. Its segments are deleted at the end; its logs stay (see {@link
 * ProcessLogs}).
 *
 * @param process to be killed and restarted by the test
 * @param directory its files
 */
public record OwnBroker(BrokerProcess process, Path directory) implements AutoCloseable {

  static OwnBroker start() {
    try {
      Path directory = ProcessLogs.directory("broker");
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
    Path segments = directory.resolve(ProcessLogs.SEGMENTS);
    if (!Files.exists(segments)) {
      return;
    }
    try (Stream<Path> files = Files.walk(segments)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
