package io.fleetcompat.collector.sysfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysfsRootTest {

  @TempDir Path directory;

  @Test
  void aRootHasOneOfThePartsAtLeast() throws IOException {
    assertThat(SysfsRoot.refusal(directory))
        .contains(directory + ": this is not a sysfs root: no bus/, class/, devices/");
    Files.createDirectories(directory.resolve("devices"));
    assertThat(SysfsRoot.refusal(directory)).isEmpty();
  }

  @Test
  void whatWasMeantIsNamed() throws IOException {
    Path root = directory.resolve("report/sys");
    Files.createDirectories(root.resolve("bus/pci"));
    for (Path wrong :
        new Path[] {directory.resolve("report"), directory, root.resolve("bus/pci")}) {
      assertThat(SysfsRoot.refusal(wrong).orElseThrow())
          .as(wrong.toString())
          .endsWith("; did you mean " + root + "?");
    }
  }
}
