package io.fleetcompat.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** The words of a failure. */
class CommandFailureTest {

  @Test
  void aFileThatIsMissingOrClosedIsMoreThanItsName() {
    assertThat(CommandFailure.why(new NoSuchFileException("/x")))
        .isEqualTo("expected a file or directory, found none: /x");
    assertThat(CommandFailure.why(new AccessDeniedException("/x")))
        .isEqualTo("may not be read or written: /x");
  }

  @Test
  void aCauseAddsWhatIsNew() {
    assertThat(CommandFailure.why(new IllegalStateException("a", new IllegalStateException("b"))))
        .isEqualTo("a: b");
  }
}
