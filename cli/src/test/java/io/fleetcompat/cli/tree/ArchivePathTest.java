package io.fleetcompat.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivePathTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/etc", "a//b", "a/./b", "../a", "a/../b", "a/..", "a\0b"})
  void onlyPlainRelativePathsAreAccepted(String name) {
    assertThatExceptionOfType(BadArchiveException.class)
        .isThrownBy(() -> ArchivePath.checked(name))
        .withMessageContaining("expected a relative path");
  }

  @ParameterizedTest
  @CsvSource({
    "bus/pci/devices/a, ../../../devices/a, true",
    "a, b, true",
    "a/b, .., true",
    "a/b, ../.., false",
    "a, .., false",
    "a, /etc, false",
    "a/b, c/../../../d, false",
    "a, '', false"
  })
  void aLinkStaysInsideAsItsTextSays(String link, String target, boolean inside) {
    assertThat(ArchivePath.staysInside(link, target)).isEqualTo(inside);
  }
}
