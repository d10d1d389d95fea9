package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Labels that no reader of the document would accept are refused before anything starts, and so is
 * such a kernel release.
 */
class LabelsTest {

  @Test
  void labelsThatNoReaderAcceptsAreRefused() {
    refuses(Map.of("", "x"), "name of 1 to 255");
    refuses(Map.of("n".repeat(256), "x"), "name of 1 to 255");
    refuses(Map.of("n", "v".repeat(4097)), "value of at most 4096");
    refuses(Map.of("n", "a\nb"), "without control characters, found one in 'n'");
    Map<String, String> many = new TreeMap<>();
    IntStream.range(0, 65).forEach(i -> many.put("n" + i, "v"));
    refuses(many, "at most 64 labels");
    many.remove("n0");
    many.replaceAll((_, _) -> "語".repeat(4096));
    refuses(many, "bytes together");
  }

  @Test
  void aKernelReleaseThatNoReaderAcceptsIsRefused() {
    assertThatThrownBy(() -> host(Map.of(), Optional.of("6".repeat(256))))
        .hasMessageContaining("kernel release of at most 255");
  }

  private void refuses(Map<String, String> labels, String words) {
    assertThatThrownBy(() -> host(labels, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  private static HostConfig host(Map<String, String> labels, Optional<String> kernel) {
    return new HostConfig(
        "hv1",
        new TreeMap<>(labels),
        Path.of("/sys"),
        Optional.empty(),
        Optional.empty(),
        kernel,
        false);
  }
}
