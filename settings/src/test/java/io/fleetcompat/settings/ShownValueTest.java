package io.fleetcompat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownValueTest {

  @Test
  void whatATerminalWouldObeyIsEscaped() {
    assertThat(ShownValue.quoted("a\u001b[2J\n\u202e\u2028b"))
        .isEqualTo("'a\\u001b[2J\\u000a\\u202e\\u2028b'");
    assertThat(ShownValue.escaped("größe 😀", "")).isEqualTo("größe 😀");
  }

  @Test
  void anInvisibleCharacterBeyondTheFirstPlaneIsEscapedAsJsonSpellsIt() {
    assertThat(ShownValue.escaped("a\udb40\udc01b", "")).isEqualTo("a\\udb40\\udc01b");
  }

  @Test
  void halfOfAPairIsEscaped() {
    assertThat(ShownValue.escaped("\udc00a\ud83d", "")).isEqualTo("\\udc00a\\ud83d");
  }

  @Test
  void aCutIsNeverBetweenTheHalvesOfAPair() {
    assertThat(ShownValue.bounded("ab😀", 3)).isEqualTo("ab…");
    assertThat(ShownValue.bounded("ab😀", 4)).isEqualTo("ab😀");
    assertThat(ShownValue.bounded("abc", 2)).isEqualTo("ab…");
  }

  @Test
  void aDocumentKeepsItsLayout() {
    assertThat(ShownValue.escaped("a\n\tb\r", "\n\t")).isEqualTo("a\n\tb\\u000d");
  }
}
