package io.fleetcompat.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  private final StringWriter err = new StringWriter();

  @Test
  void aFullDiskIsAFailureWithASentence() throws IOException {
    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
      StandardOutput output = new StandardOutput(full);
      output.writer().println("an answer");
      assertThat(output.checked(ExitStatus.OK, new PrintWriter(err))).isEqualTo(ExitStatus.FAILED);
      assertThat(err.toString())
          .startsWith(
              "fleetcompat: standard output could not be written (No space left on device)");
    }
  }

  @Test
  void aCommandThatHasToldOfItsFailureTellsNoOther() throws IOException {
    try (FileOutputStream full = new FileOutputStream("/dev/full")) {
      StandardOutput output = new StandardOutput(full);
      PrintWriter out = output.writer();
      out.println("an event");
      assertThatExceptionOfType(CommandFailure.class)
          .isThrownBy(() -> StandardOutput.requireWhole(out))
          .withMessageContaining("standard output could not be written");
      output.checked(ExitStatus.FAILED, new PrintWriter(err));
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void whatWasWrittenKeepsItsStatus() {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    StandardOutput output = new StandardOutput(kept);
    output.writer().println("ä");
    assertThat(output.checked(ExitStatus.INCOMPATIBLE, new PrintWriter(err)))
        .isEqualTo(ExitStatus.INCOMPATIBLE);
    assertThat(kept.toString(StandardCharsets.UTF_8)).startsWith("ä");
    assertThat(err.toString()).isEmpty();
  }
}
