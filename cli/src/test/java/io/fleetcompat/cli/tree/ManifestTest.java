package io.fleetcompat.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.collector.sysfs.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

  private static final String TITLE = "fleetcompat archive 1\n";

  @Test
  void whatIsWrittenIsRead() throws BadArchiveException {
    Manifest manifest =
        new Manifest(
            Optional.of("6.8.0 x"),
            faults(
                new Fault(Fault.Kind.READ, "devices/a b\n/c%", 5),
                new Fault(Fault.Kind.STAT, "devices/z", 999),
                Fault.of(Fault.Kind.MISNAMED_DIRECTORY, "devices/\uFFFD"),
                Fault.of(Fault.Kind.OUTSIDE, "devices/out")),
            new TreeSet<>(Set.of("a b.facts")),
            List.of("driver nvidia 550"));
    assertThat(Manifest.parse(manifest.write())).isEqualTo(manifest);
    assertThat(manifest.write())
        .startsWith(TITLE + "# driver nvidia 550\nkernel 6.8.0%20x\n")
        .contains(
            "stale a%20b.facts\n",
            "fault read EIO devices/a%20b%0A/c%25\n", "fault outside - devices/out\n");
  }

  private static SortedSet<Fault> faults(Fault... faults) {
    return new TreeSet<>(List.of(faults));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "something else\n",
        TITLE + "nonsense\n",
        TITLE + "fault read EIO\n",
        TITLE + "fault read - a\n",
        TITLE + "fault outside EIO a\n",
        TITLE + "fault eat EIO a\n",
        TITLE + "fault read ENONSENSE a\n",
        TITLE + "kernel %zz\n",
        TITLE + "fault read EIO a b\n"
      })
  void whatIsNotOneIsRefused(String text) {
    assertThatExceptionOfType(BadArchiveException.class)
        .isThrownBy(() -> Manifest.parse(text))
        .withMessageContaining("expected")
        .withMessageContaining("fleetcompat-archive.txt");
  }
}
