package io.fleetcompat.collector.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetcompat.collector.facts.ProducerHost.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The producer that asks NVML, over a library of the same calls (NVML Reference, vGPU Migration).
 */
class NvmlTest {

  private static final Path COMPILER = Path.of("/usr/bin/gcc");

  @TempDir Path directory;
  private ProducerHost host;

  @BeforeEach
  void host() throws IOException {
    host = new ProducerHost(directory);
  }

  @Test
  void theRangeInForceIsTheAdministrators() throws Exception {
    assertThat(
            run("preset->min = 3; preset->max = 7; set->min = 4; set->max = 6; return 0;").errors())
        .isEmpty();
    assertThat(host.written())
        .isEqualTo(Map.of("nvidia.vgpu_version_min", "4", "nvidia.vgpu_version_max", "6"));
  }

  @Test
  void aDriverThatRefusesSaysItsStatus() throws Exception {
    Ended ended = run("return 3;");
    assertThat(ended.status()).isEqualTo(4);
    assertThat(ended.errors()).contains("nvmlGetVgpuVersion: expected status 0, found 3");
    assertThat(host.factFiles()).isEmpty();
  }

  @Test
  void aRangeThatIsNoneIsRefused() throws Exception {
    for (String range : List.of("set->min = 6; set->max = 4;", "set->min = 0; set->max = 4;")) {
      Ended ended = run(range + " return 0;");
      assertThat(ended.status()).isEqualTo(5);
      assertThat(ended.errors()).contains("expected a range from 1 on");
    }
    assertThat(host.factFiles()).isEmpty();
  }

  @Test
  void aLibraryThatHangsOrCrashesIsAToolThatFailed() throws Exception {
    assertThat(run("for (;;) { }").status()).isEqualTo(4);
    assertThat(run("*(volatile int *) 0 = 1; return 0;").status()).isEqualTo(4);
    assertThat(host.factFiles()).isEmpty();
  }

  @Test
  void aLibraryThatIsMissingOrIsNoneIsSaid() throws Exception {
    Path library = Files.writeString(directory.resolve("libnvidia-ml.so.1"), "no library");
    for (Path path : List.of(directory.resolve("none"), library)) {
      Ended ended = host.run(List.of("nvml.py", "--library", path.toString()));
      assertThat(ended.status()).isEqualTo(4);
      assertThat(ended.errors()).contains(path.toString());
    }
  }

  /** Runs the producer over a library with this body of {@code nvmlGetVgpuVersion}. */
  private Ended run(String body) throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(COMPILER), "there is no gcc on this machine");
    Path source = directory.resolve("nvml.c");
    Path library = directory.resolve("nvml.so");
    Files.writeString(
        source,
        """
        struct range { unsigned min, max; };
        int nvmlInit_v2(void) { return 0; }
        int nvmlShutdown(void) { return 0; }
        int nvmlGetVgpuVersion(struct range *preset, struct range *set) { %s }
        """
            .formatted(body));
    int compiled =
        new ProcessBuilder(
                COMPILER.toString(),
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(compiled).isZero();
    return host.run(List.of("nvml.py", "--timeout", "5", "--library", library.toString()));
  }
}
