package io.fleetcompat.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {

  private static final Table TABLE = Table.of("TYPE", "HOSTS", "EXAMPLE", "PROFILE");

  static {
    TABLE.row("mdev i915", "7", "host-0000/0000:00:02.0/t", "0123456789abcdef");
    TABLE.row("virtio", "12", "host-1/virtio0", "fedcba9876543210");
  }

  @Test
  void aWideLineHasEveryColumn() {
    assertThat(printed(Integer.MAX_VALUE))
        .isEqualTo(
            """
            TYPE       HOSTS  EXAMPLE                   PROFILE
            mdev i915  7      host-0000/0000:00:02.0/t  0123456789abcdef
            virtio     12     host-1/virtio0            fedcba9876543210
            """);
  }

  @Test
  void columnsThatDoNotFitGoOnBelow() {
    assertThat(printed(45))
        .isEqualTo(
            """
            TYPE       HOSTS  EXAMPLE
                PROFILE
            mdev i915  7      host-0000/0000:00:02.0/t
                0123456789abcdef
            virtio     12     host-1/virtio0
                fedcba9876543210
            """);
    assertThat(printed(60)).isEqualTo(printed(Integer.MAX_VALUE));
    assertThat(printed(59)).isEqualTo(printed(45));
  }

  @Test
  void noCellIsCutHoweverNarrowTheTerminalIs() {
    assertThat(printed(1)).contains("    host-0000/0000:00:02.0/t\n    0123456789abcdef\n");
  }

  @ParameterizedTest
  @CsvSource({"132,132", "80,80", "7,80", "0,80", "x,80", "'',80", "99999,80"})
  void aTerminalThatSaysNoWidthHasTheUsualOne(String told, int columns) {
    assertThat(Terminal.columns(told)).isEqualTo(columns);
    assertThat(Terminal.columns(null)).isEqualTo(80);
  }

  private static String printed(int most) {
    StringWriter text = new StringWriter();
    TABLE.print(new PrintWriter(text), most);
    return text.toString();
  }
}
