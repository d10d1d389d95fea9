package io.fleetcompat.collector.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The facts of an earlier run, where a producer fails: those of before the host's start are gone.
 */
class EarlierFactsTest {

  private static final List<String> WITHOUT_ITS_TOOL = List.of("nvidia-smi.py");
  private static final int MISSING = 3;

  @TempDir Path directory;

  private ProducerHost host;

  @BeforeEach
  void aHostThatWasStartedAnHourAgo() throws IOException {
    host = new ProducerHost(directory);
    Files.createDirectories(host.root().resolve("proc"));
    Files.writeString(host.root().resolve("proc/uptime"), "3600.25 7000.00\n");
  }

  private Path written(String name, Duration ago) throws IOException {
    Path file = host.facts().resolve(name);
    Files.writeString(file, "nvidia.ecc_mode.0000:3b:00.0=enabled\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
    return file;
  }

  @Test
  void thoseOfThisStartStay() throws Exception {
    Path file = written("nvidia-smi.facts", Duration.ofMinutes(50));

    assertThat(host.run(WITHOUT_ITS_TOOL).status()).isEqualTo(MISSING);
    assertThat(file).exists();
  }

  @Test
  void thoseOfBeforeTheStartGoAndNobodyElsesDo() throws Exception {
    Path first = written("nvidia-smi.facts", Duration.ofMinutes(70));
    Path second = written("nvidia-smi-2.facts", Duration.ofMinutes(70));
    Path ofOperator = written("site.facts", Duration.ofDays(3));

    assertThat(host.run(WITHOUT_ITS_TOOL).status()).isEqualTo(MISSING);
    assertThat(first).doesNotExist();
    assertThat(second).doesNotExist();
    assertThat(ofOperator).exists();
  }

  @Test
  void aRunThatOnlyPrintsRemovesNothing() throws Exception {
    Path file = written("nvidia-smi.facts", Duration.ofMinutes(70));

    assertThat(host.run(List.of("nvidia-smi.py", "--print")).status()).isEqualTo(MISSING);
    assertThat(file).exists();
  }

  @Test
  void aStartThatIsNotUnderstoodIsAFault() throws Exception {
    Files.writeString(host.root().resolve("proc/uptime"), "long\n");

    ProducerHost.Ended ended = host.run(WITHOUT_ITS_TOOL);
    assertThat(ended.status()).isEqualTo(5);
    assertThat(ended.errors()).contains("expected seconds since the start, found 'long");
  }
}
