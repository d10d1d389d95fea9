package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start of a host's own process that fails: nothing of it is left. */
class CollectorStartTest {

  @TempDir private Path directory;

  @Test
  void aStartThatFailsLeavesTheNameToTheNext() throws IOException {
    CollectorConfig config =
        CollectorConfig.parse(
            Map.of(
                "host", "hv1",
                "root", directory.toString(),
                "state-dir", directory.resolve("state").toString(),
                "bootstrap-servers", "unused:9092",
                "kafka.compression.type", "no-such"));
    assertThatThrownBy(() -> Collector.start(config, new SimpleMeterRegistry()))
        .isInstanceOf(ConfigException.class);
    List<Path> locks = locks();
    assumeThat(locks).as("a machine without an id keeps no name").isNotEmpty();
    try (FileChannel channel = FileChannel.open(locks.getFirst(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      assertThat(lock).isNotNull();
    }
  }

  private List<Path> locks() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("state"))) {
      return files.filter(file -> file.toString().endsWith(".lock")).toList();
    }
  }
}
