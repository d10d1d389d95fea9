package io.fleetcompat.collector.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.testing.DriverFile;
import io.fleetcompat.testing.FuseTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes of files with drivers behind them (docs/rules.md 3.3). */
class VersionProberTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String UUID = "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001";
  private static final String FUNCTION = "devices/pci0000:00/0000:00:02.0";
  private static final String TYPE = FUNCTION + "/mdev_supported_types/i915-a";
  private static final EndpointName DEVICE = EndpointName.device(UUID);
  private static final EndpointName TYPE_NAME = EndpointName.type("0000:00:02.0", "i915-a");

  @TempDir Path directory;

  private FuseTree.Builder builder;
  private FuseTree tree;
  private HostReader reader;
  private DriverFile ofType;
  private DriverFile ofDevice;

  @BeforeEach
  void mount() throws IOException {
    Optional<String> obstacle = FuseTree.obstacle();
    assumeTrue(obstacle.isEmpty(), obstacle.orElse(""));
    builder = new FuseTree.Builder();
    ofType = builder.file(TYPE + "/version", "type 1");
    ofDevice = builder.file(FUNCTION + "/" + UUID + "/migration_version", "device 1");
    builder.link(FUNCTION + "/" + UUID + "/mdev_type", "../mdev_supported_types/i915-a");
    builder.link("bus/mdev/devices/" + UUID, "../../../" + FUNCTION + "/" + UUID);
    builder.link("class/mdev_bus/0000:00:02.0", "../../" + FUNCTION);
    tree = builder.mount(Files.createDirectory(directory.resolve("sys")));
    reader = HostReader.of(tree.directory());
    assertThat(reader.read().endpoints()).hasSize(2);
  }

  @AfterEach
  void unmount() {
    if (tree != null) {
      reader.close();
      tree.close();
    }
  }

  private ProbeOutcome probe(EndpointName endpoint, String text, Duration deadline) {
    return reader.prober(deadline).probe(reader.version(endpoint).orElseThrow(), text);
  }

  @Test
  void aStringIsWrittenOnceAndWhole() {
    String text = "x".repeat(4095);
    assertThat(probe(DEVICE, text, LONG)).isEqualTo(new ProbeOutcome.Accepted());
    assertThat(ofDevice.writes()).containsExactly(text);
    assertThat(ofType.writes()).isEmpty();
  }

  @Test
  void theOldSpellingOfATypeIsAskedToo() {
    assertThat(probe(TYPE_NAME, "type 2", LONG)).isEqualTo(new ProbeOutcome.Accepted());
    assertThat(ofType.writes()).containsExactly("type 2");
    assertThat(ofDevice.writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 22, 95, 133})
  void theErrnoIsTheKernelsNumber(int errno) {
    ofDevice.refuses(errno);
    assertThat(probe(DEVICE, "v", LONG)).isEqualTo(new ProbeOutcome.Refused(errno));
    assertThat(ofDevice.writes()).containsExactly("v");
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EBUSY, Errno.EAGAIN, Errno.EINTR, Errno.ETIMEDOUT})
  void whatSaysNothingOfTheStringIsNoAnswerAndIsNotTriedAgain(int errno) {
    ofDevice.refuses(errno);
    assertThat(probe(DEVICE, "v", LONG))
        .isEqualTo(
            new ProbeOutcome.Inconclusive(errno, "write(2) failed with " + Errno.name(errno)));
    assertThat(ofDevice.writes()).containsExactly("v");
  }

  @Test
  void enodevIsAnAnswerOnlyWhileTheAttributeIsThere() {
    ofDevice.refuses(Errno.ENODEV);
    assertThat(probe(DEVICE, "v", LONG)).isEqualTo(new ProbeOutcome.Refused(Errno.ENODEV));
    ofDevice.vanishesWith(Errno.ENODEV);
    assertThat(probe(DEVICE, "v", LONG)).isInstanceOf(ProbeOutcome.Inconclusive.class);
  }

  @Test
  void anErrorOfOpeningIsNoAnswer() {
    ofDevice.cannotBeOpenedToWrite(Errno.EACCES);
    assertThat(probe(DEVICE, "v", LONG))
        .isEqualTo(new ProbeOutcome.Inconclusive(Errno.EACCES, "open(2) failed with EACCES"));
    assertThat(ofDevice.writes()).isEmpty();
  }

  @Test
  void aDriverThatTakesAPartHasNotTakenIt() {
    ofDevice.takes(1);
    assertThat(probe(DEVICE, "v1", LONG)).isInstanceOf(ProbeOutcome.Inconclusive.class);
    assertThat(ofDevice.writes()).containsExactly("v1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4096})
  void anEmptyOrOverlongStringIsNeverWritten(int length) {
    assertThat(probe(DEVICE, "x".repeat(length), LONG))
        .isInstanceOf(ProbeOutcome.Inconclusive.class);
    assertThat(ofDevice.writes()).isEmpty();
  }

  @Test
  void anAttributeThatGivesAnotherStringByNowIsNotAsked() {
    VersionAttribute before = reader.version(DEVICE).orElseThrow();
    ofDevice.gives("device 2");
    assertThat(reader.prober(LONG).probe(before, "v"))
        .isInstanceOf(ProbeOutcome.Inconclusive.class);
    assertThat(ofDevice.writes()).isEmpty();
  }

  @Test
  void aLinkOutOfTheRootIsNotFollowed() {
    VersionAttribute read = reader.version(DEVICE).orElseThrow();
    VersionAttribute outside =
        new VersionAttribute(read.endpoint(), "../sys/" + read.path(), read.text());
    assertThat(reader.prober(LONG).probe(outside, "v"))
        .isInstanceOf(ProbeOutcome.Inconclusive.class);
    assertThat(ofDevice.writes()).isEmpty();
  }

  @Test
  void aDriverThatHangsCostsItsDeadlineAndIsNotAskedAgainMeanwhile() {
    ofDevice.hangs();
    VersionProber prober = reader.prober(SHORT);
    VersionAttribute attribute = reader.version(DEVICE).orElseThrow();
    assertThat(prober.probe(attribute, "v"))
        .isInstanceOfSatisfying(
            ProbeOutcome.Inconclusive.class,
            found -> assertThat(found.errno()).isEqualTo(Errno.ETIMEDOUT));
    assertThat(prober.probe(attribute, "v"))
        .isInstanceOfSatisfying(
            ProbeOutcome.Inconclusive.class,
            found -> assertThat(found.errno()).isEqualTo(Errno.EBUSY));
    assertThat(ofDevice.writes()).containsExactly("v");
    assertThat(reader.read().endpoints()).hasSize(2);
  }

  @Test
  void whatHangsBeforeItIsWrittenIsNeverWritten() {
    VersionAttribute attribute = reader.version(DEVICE).orElseThrow();
    ofDevice.hangsReading();
    assertThat(reader.prober(SHORT).probe(attribute, "v"))
        .isInstanceOfSatisfying(
            ProbeOutcome.Inconclusive.class,
            found -> assertThat(found.why()).contains("nothing was written"));
    tree.close();
    assertThat(ofDevice.writes()).isEmpty();
  }
}
