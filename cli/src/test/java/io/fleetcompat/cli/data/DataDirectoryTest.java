package io.fleetcompat.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataDirectoryTest {

  @Test
  void theUsersDataDirectoryHasIt() {
    assertThat(DataDirectory.byDefault(Map.of("XDG_DATA_HOME", "/data", "HOME", "/home/a")))
        .isEqualTo(Path.of("/data/fleetcompat"));
  }

  @Test
  void elseItIsInTheUsersHome() {
    Path inHome = Path.of("/home/a/.local/share/fleetcompat");
    assertThat(DataDirectory.byDefault(Map.of("HOME", "/home/a"))).isEqualTo(inHome);
    assertThat(DataDirectory.byDefault(Map.of("XDG_DATA_HOME", "", "HOME", "/home/a")))
        .isEqualTo(inHome);
    assertThat(DataDirectory.byDefault(Map.of("XDG_DATA_HOME", "relative", "HOME", "/home/a")))
        .isEqualTo(inHome);
    assertThat(DataDirectory.byDefault(Map.of()))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".local/share/fleetcompat"));
  }
}
