package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The facts that sysfs does not say. */
class FactsTest extends SysfsOnDisk {

  @Test
  void factsComeFromFilesOfTheirOwn() throws IOException {
    Path facts = Files.createDirectory(directory.resolve("facts.d"));
    Files.writeString(facts.resolve("a.facts"), "# comment\necc_mode=enabled\nnonsense\n\n");
    Files.writeString(facts.resolve("ignored.txt"), "x=y\n");
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), Bounds.DEFAULT, Duration.ofSeconds(10)),
            Optional.of("6.1.0"),
            Optional.of(facts))) {
      HostReading reading = reader.read();
      assertThat(reading.kernel()).contains("6.1.0");
      assertThat(reading.facts().byPath())
          .isEqualTo(Map.of("ecc_mode", new Attribute.Text("enabled")));
      assertThat(reading.problems())
          .extracting(Problem::code)
          .containsExactly(ProblemCode.MALFORMED);
    }
  }

  @Test
  void factsThatHangCostTheDeadlineOfTheTree() throws IOException {
    TreeOnDisk facts = new TreeOnDisk(Files.createDirectory(directory.resolve("facts.d")));
    facts.fifo("a.facts");
    Duration deadline = Duration.ofMillis(50);
    long start = System.nanoTime();
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), Bounds.DEFAULT, deadline),
            Optional.empty(),
            Optional.of(facts.root()))) {
      assertThat(reader.read().problems())
          .extracting(Problem::code)
          .containsExactly(ProblemCode.UNREADABLE);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SysfsTree.READ_DEADLINE);
  }
}
