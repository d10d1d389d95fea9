package io.fleetcompat.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void whatATerminalWouldObeyIsEscapedAndTheRestIsKept() {
    assertThat(Printable.line("a\u001b[2Jb\r\n\u0085\u202ec"))
        .isEqualTo("a\\u001b[2Jb\\u000d\\u000a\\u0085\\u202ec");
    assertThat(Printable.line("größe 0000:3b:00.0/x 😀")).isEqualTo("größe 0000:3b:00.0/x 😀");
    assertThat(Printable.line("half \ud83d")).isEqualTo("half \\ud83d");
  }

  @Test
  void aDocumentKeepsItsLines() {
    assertThat(Printable.document("{\n\t\"a\": \"\u007f\"\n}"))
        .isEqualTo("{\n\t\"a\": \"\\u007f\"\n}");
  }

  @Test
  void tablesAreAlignedAndEscaped() {
    Table table = Table.of("HOST", "N");
    table.row("a\u001bb", "1");
    table.row("longer-name", "20");
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text, true));
    assertThat(text.toString().lines())
        .containsExactly("HOST         N", "a\\u001bb     1", "longer-name  20");
  }
}
