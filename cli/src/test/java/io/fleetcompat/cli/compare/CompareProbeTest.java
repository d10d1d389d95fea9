package io.fleetcompat.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.DriverFile;
import io.fleetcompat.testing.FuseTree;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare --probe} against a destination whose files have drivers behind them. */
class CompareProbeTest {

  private static final String FUNCTION = "devices/pci0000:00/0000:00:02.0";
  private static final String TYPE = FUNCTION + "/mdev_supported_types/i915-a";
  private static final String LINK = "class/mdev_bus/0000:00:02.0";
  private static final int EINVAL = 22;
  private static final int EBUSY = 16;

  @TempDir Path directory;

  private FuseTree tree;
  private DriverFile version;

  @BeforeEach
  void mount() throws IOException {
    Optional<String> obstacle = FuseTree.obstacle();
    assumeTrue(obstacle.isEmpty(), obstacle.orElse(""));
    FuseTree.Builder builder = new FuseTree.Builder();
    version = builder.file(TYPE + "/migration_version", "v2");
    builder.file(FUNCTION + "/vendor", "0x8086");
    builder.link(LINK, "../../" + FUNCTION);
    tree = builder.mount(Files.createDirectory(directory.resolve("destination")));
    source("v1", "0x8086");
  }

  @AfterEach
  void unmount() {
    if (tree != null) {
      tree.close();
    }
  }

  private void source(String text, String vendor) throws IOException {
    SysfsTrees.write(
        directory.resolve("source-" + text),
        new TreeMap<>(
            Map.of(TYPE + "/migration_version", text + "\n", FUNCTION + "/vendor", vendor)),
        Map.of(LINK, "../../" + FUNCTION));
  }

  private Run compare(String source, String... more) {
    String[] arguments = {
      "compare",
      "--source",
      directory.resolve("source-" + source).toString(),
      "--destination",
      directory.resolve("destination").toString()
    };
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Run.of(all);
  }

  @Test
  void whatTheDriverTakesIsCompatible() {
    Run run = compare("v1", "--probe");
    assertThat(run.status()).as(run.err() + run.out()).isZero();
    assertThat(version.writes()).containsExactly("v1");
  }

  @Test
  void whatTheDriverRefusesIsIncompatibleWithItsErrno() {
    version.refuses(EINVAL);
    Run run = compare("v1", "--probe");
    assertThat(run.status()).as(run.err() + run.out()).isEqualTo(3);
    assertThat(run.out()).contains("opaque-rejected").contains("EINVAL (22)");
    assertThat(version.writes()).containsExactly("v1");
  }

  @Test
  void aBusyDriverIsUnknownAndSaysSo() {
    version.refuses(EBUSY);
    Run run = compare("v1", "--probe");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out())
        .contains("opaque-unprobed", "it has not answered: the destination was asked at", "EBUSY")
        .doesNotContain("nobody has written", "asked again");
  }

  @Test
  void withoutTheOptionNothingIsWritten() {
    assertThat(compare("v1").status()).isEqualTo(4);
    assertThat(version.writes()).isEmpty();
  }

  @Test
  void whatIsDecidedWithoutTheDriverIsNotAsked() throws IOException {
    source("other", "0x10de");
    assertThat(compare("other", "--probe").status()).isEqualTo(3);
    assertThat(version.writes()).isEmpty();
  }

  @Test
  void anOverlongStringIsNeverWritten() throws IOException {
    String text = "x".repeat(4096);
    SysfsTrees.write(
        directory.resolve("source-long"),
        new TreeMap<>(Map.of(TYPE + "/migration_version", text, FUNCTION + "/vendor", "0x8086")),
        Map.of(LINK, "../../" + FUNCTION));
    assertThat(compare("long", "--probe").status()).isEqualTo(4);
    assertThat(version.writes()).isEmpty();
  }

  @Test
  void aCopyOfATreeIsNotWrittenTo() throws IOException {
    source("v2", "0x8086");
    Path copy = directory.resolve("source-v2");
    Run run =
        Run.of(
            "compare",
            "--source",
            directory.resolve("source-v1").toString(),
            "--destination",
            copy.toString(),
            "--probe");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out()).contains("found a copy");
    assertThat(Files.readString(copy.resolve(TYPE + "/migration_version"))).isEqualTo("v2\n");
  }
}
