package io.fleetcompat.collector.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsReadAndNothingIsLeftBeside() throws IOException {
    StateFile file = file(10);
    assertThat(file.exists()).isFalse();
    file.write("one");
    file.write("ü");
    assertThat(file.read()).isEqualTo("ü");
    try (var all = Files.list(file.path().getParent())) {
      assertThat(all).containsExactly(file.path());
    }
  }

  @Test
  void moreThanTheBoundIsNeitherReadNorWritten() throws IOException {
    StateFile file = file(10);
    file.write("0123456789");
    assertThatThrownBy(() -> file.write("0123456789a"))
        .isInstanceOf(BadStateException.class)
        .hasMessageContaining("expected at most 10 bytes in " + file.path());
    assertThat(file.read()).isEqualTo("0123456789");
    Files.writeString(file.path(), "0123456789a");
    assertThatThrownBy(file::read).hasMessageContaining("expected at most 10 bytes");
  }

  @Test
  void bytesThatAreNoTextAreSaidWithTheFile() throws IOException {
    StateFile file = file(10);
    file.write("");
    Files.write(file.path(), new byte[] {(byte) 0xff});
    assertThatThrownBy(file::read)
        .isInstanceOf(BadStateException.class)
        .hasMessageContaining(file.path().toString());
  }

  private StateFile file(int maxBytes) {
    return new StateFile(directory.resolve("state/file"), StandardCharsets.UTF_8, maxBytes);
  }
}
