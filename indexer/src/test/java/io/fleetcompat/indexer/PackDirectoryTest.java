package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fleetcompat.compatibility.pack.RulePacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackDirectoryTest {

  private static final String PACK =
      """
      pack: own
      version: 1
      title: our own functions
      match: {kind: [pci], driver: [own_vfio_pci]}
      no-rules: nobody has written any
      """;

  @TempDir Path directory;

  @Test
  void packsOfTheDirectoryAreLaidOverTheBuiltInOnes() throws IOException {
    Files.writeString(directory.resolve("own.yaml"), PACK);
    Files.writeString(directory.resolve(".hidden.yaml"), "nonsense");
    Files.writeString(directory.resolve("notes.txt"), "nonsense");
    RulePacks packs = read(Map.of("nvidia-mdev.ecc", "if-known"));
    assertThat(packs.find("own")).isPresent();
    assertThat(packs.find("mlx5")).isPresent();
    assertThat(packs.files()).containsExactly(Map.entry("own.yaml", PACK));
    assertThat(packs.digest()).isNotEqualTo(RulePacks.builtIn().digest());
  }

  @Test
  void aBadPackAndABadOptionAreRefusedWithTheirPlace() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of("nvidia-mdev.ecc", "perhaps")))
        .withMessageContaining("rules.option.nvidia-mdev.ecc: expected one of");
    Files.writeString(directory.resolve("own.yaml"), PACK.replace("version: 1", "version: one"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of()))
        .withMessageContaining("own.yaml:2: expected");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PackDirectory.read(Optional.of(directory.resolve("none")), new TreeMap<>()))
        .withMessageContaining("expected a directory of rule packs");
  }

  private RulePacks read(Map<String, String> options) {
    return PackDirectory.read(Optional.of(directory), new TreeMap<>(options));
  }
}
