package io.fleetcompat.cli.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateWordsTest {

  @TempDir Path directory;

  @Test
  void aWordIsFoundInAnyCaseAndNotWithinAnother() {
    PrivateWords words = PrivateWords.of(Set.of("node-17", "SN/42-A"));
    assertThat(words.areIn("at NODE-17.example.org".getBytes(UTF_8))).isTrue();
    assertThat(words.areIn("serial sn/42-a\n".getBytes(UTF_8))).isTrue();
    assertThat(words.areIn("node-170, xnode-17".getBytes(UTF_8))).isFalse();
    assertThat(PrivateWords.NONE.areIn("node-17".getBytes(UTF_8))).isFalse();
  }

  @Test
  void aFactThatIsCalledASerialNumberIsOne() {
    PrivateWords words = PrivateWords.of(Set.of());
    assertThat(words.areInFacts("a=1\n site.gpu_serial = 0325\n".getBytes(UTF_8))).isTrue();
    assertThat(words.areInFacts("nvidia.ecc_mode=on\n# the serial number\n".getBytes(UTF_8)))
        .isFalse();
  }

  @Test
  void serialNumbersAreThoseOfTheDmiTables() throws IOException {
    SysfsTrees.write(
        directory,
        new TreeMap<>(
            Map.of(
                "class/dmi/id/product_serial", "CZ3456\n",
                "class/dmi/id/board_serial", "To be filled by O.E.M.\n",
                "class/dmi/id/chassis_serial", "0\n")),
        Map.of());
    PrivateWords words = PrivateWords.of(directory);
    assertThat(words.areIn("version cz3456".getBytes(UTF_8))).isTrue();
    assertThat(words.areIn("To be filled by O.E.M. 0".getBytes(UTF_8))).isFalse();
  }
}
