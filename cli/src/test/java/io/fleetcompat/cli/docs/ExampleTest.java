package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleTest {

  @Test
  void commandsAreTakenFromConsoleBlocksWithTheirStatus() {
    List<Example> examples =
        Example.of("```console\n$ a b   # exit status 3\nx\n$ c\n```\n```\n$ d\n```\n");
    assertThat(examples)
        .containsExactly(new Example(2, "a b", 3, List.of("x")), new Example(4, "c", 0, List.of()));
  }

  @Test
  void anEllipsisIsAnyTextAndAloneAnyLines() {
    Example example = new Example(1, "a", 0, List.of("… b", "…", "end"));
    assertThat(example.matches("x b\nend\n")).isTrue();
    assertThat(example.matches("x   b\n1\n2\nend\n")).isTrue();
    assertThat(example.matches("x c\nend\n")).isFalse();
    assertThat(example.matches("x b\nend\nmore\n")).isFalse();
  }
}
