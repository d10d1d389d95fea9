package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Recording;
import io.fleetcompat.collector.sysfs.SysfsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesTest {

  @TempDir Path root;

  /** A scan of a host that has nothing in any place looks at each place, and at nothing else. */
  @Test
  void theyAreWhatAScanLooksAt() throws IOException {
    for (String place : Places.ALL) {
      Files.createDirectories(root.resolve(place));
    }
    for (String other : new String[] {"block", "bus/usb/devices", "class/net", "firmware"}) {
      Files.createDirectories(root.resolve(other));
    }
    Recording recording = new Recording();
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(
                root, Bounds.DEFAULT, SysfsTree.READ_DEADLINE, Set.of(), Optional.of(recording)),
            Optional.empty(),
            Optional.empty())) {
      assertThat(reader.read().problems()).isEmpty();
    }
    assertThat(recording.found().keySet())
        .containsAll(Places.ALL)
        .allMatch(
            path -> Places.ALL.stream().anyMatch(place -> (place + "/").startsWith(path + "/")));
  }
}
