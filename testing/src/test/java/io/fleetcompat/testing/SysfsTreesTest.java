package io.fleetcompat.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysfsTreesTest {

  @TempDir Path directory;

  @Test
  void writesFilesEmptyDirectoriesAndLinksAsTheyAreSpelled() throws Exception {
    Map<String, @Nullable String> contents = new HashMap<>();
    contents.put("devices/a/vendor", "0x8086\n");
    contents.put("devices/a/empty", null);
    Path root =
        SysfsTrees.write(directory.resolve("sys"), contents, Map.of("bus/a", "../devices/a"));
    assertThat(root.resolve("bus/a/vendor")).hasContent("0x8086\n");
    assertThat(root.resolve("devices/a/empty")).isEmptyDirectory();
    assertThat(Files.readSymbolicLink(root.resolve("bus/a"))).isEqualTo(Path.of("../devices/a"));
  }

  @Test
  void aPathOutOfTheRootIsRefused() {
    assertThatThrownBy(() -> SysfsTrees.write(directory, Map.of("../x", "y"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
