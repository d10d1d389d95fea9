package io.fleetcompat.collector.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees like {@code /proc}, with links where the kernel has them. */
class ProcessScanTest {

  private static final String DEVICE = "anon_inode:[vfio-device]";

  @TempDir Path directory;

  private Path proc() {
    return directory.resolve("proc");
  }

  @BeforeEach
  void firstProcess() throws IOException {
    link("1/ns/pid", "pid:[4026531836]");
    Files.createDirectories(proc().resolve("1/fd"));
    Files.createDirectories(proc().resolve("1/task/1"));
    link("self", "1");
    Files.createDirectories(proc().resolve("sys/vm"));
  }

  private void link(String path, String target) throws IOException {
    Path link = proc().resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }

  private void write(String path, String text) throws IOException {
    Path file = proc().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private OpenDevices look() {
    return new ProcessScan(proc(), () -> 0).look();
  }

  @Test
  void groupsAndDevicesThatAreOpenAreSeen() throws IOException {
    link("70/fd/0", "/dev/null");
    link("70/fd/9", "/dev/vfio/vfio");
    link("70/fd/10", "/dev/vfio/26");
    link("70/fd/11", DEVICE);
    link("71/fd/3", "/dev/vfio/devices/vfio7 (deleted)");
    link("72/fd/3", "/dev/vfio/noiommu-2");
    link("73/fd/4", "/srv/jail/dev/vfio/30");
    link("74/fd/4", "/srv/jail/vfio");
    link("75/fd/4", "/vfio/31");
    OpenDevices seen = look();
    assertThat(seen.nodes())
        .containsExactlyInAnyOrder("26", "devices/vfio7", "noiommu-2", "30", "31");
    assertThat(seen.devices()).isEmpty();
    assertThat(seen.isComplete()).isTrue();
  }

  @Test
  void aKernelThatNamesTheDeviceIsBelieved() throws IOException {
    link("70/fd/11", DEVICE);
    write("70/fdinfo/11", "pos:\t0\nvfio-device-syspath: /sys/devices/pci0000:e0/0000:e8:00.0\n");
    OpenDevices seen = look();
    assertThat(seen.devices()).containsExactly("devices/pci0000:e0/0000:e8:00.0");
    assertThat(seen.isComplete()).isTrue();
  }

  @Test
  void aNodeOfAnotherNameIsTheDeviceThatTheKernelNames() throws IOException {
    link("70/fd/4", "/dev/gpu0");
    write("70/fdinfo/4", "pos:\t0\nvfio-device-syspath: /sys/devices/pci0000:e0/0000:e8:00.0\n");
    link("71/fd/4", "/dev/kvm");
    write("71/fdinfo/4", "pos:\t0\n");
    OpenDevices seen = look();
    assertThat(seen.devices()).containsExactly("devices/pci0000:e0/0000:e8:00.0");
    assertThat(seen.isComplete()).isTrue();
  }

  @Test
  void whereThereAreNoProcessesNothingIsComplete() {
    OpenDevices seen = new ProcessScan(directory.resolve("none"), () -> 0).look();
    assertThat(seen.isComplete()).isFalse();
    assertThat(seen.lack().orElse("")).contains("expected processes, found none (proc-root");
  }

  @Test
  void aDeviceThatNobodyNamesMayBeAny() throws IOException {
    link("70/fd/11", DEVICE);
    write("70/fdinfo/11", "pos:\t0\n");
    assertThat(look().isComplete()).isFalse();
  }

  @Test
  void whereNotAllProcessesAreShownNothingIsComplete() throws IOException {
    Files.delete(proc().resolve("1/ns/pid"));
    link("70/fd/10", "/dev/vfio/26");
    assertThat(look().isComplete()).as("nobody says which namespace").isFalse();
    assertThat(look().nodes()).containsExactly("26");
    link("1/ns/pid", "pid:[4026532999]");
    assertThat(look().isComplete()).as("a container's").isFalse();
  }

  @Test
  void aProcessThatCannotBeLookedIntoMayHaveAnythingOpen() throws IOException {
    Files.createDirectories(proc().resolve("70"));
    assertThat(look().isComplete()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "70, 70",
    "71/fd, ../71",
    "72, /proc/1",
    "74/fd, /proc/self/fd",
  })
  void aLinkIsNotFollowedAndMayHideAnything(String path, String target) throws IOException {
    link(path, target);
    assertThat(look().nodes()).isEmpty();
    assertThat(look().isComplete()).isFalse();
  }

  @Test
  void aDescriptorThatIsNoLinkMayBeAnything() throws IOException {
    write("73/fd/5", "no link");
    assertThat(look().isComplete()).isFalse();
  }

  @Test
  void aDescriptionThatIsALinkIsNotRead() throws IOException {
    link("74/fd/6", DEVICE);
    link("74/fdinfo/6", "/etc/hostname");
    assertThat(look().isComplete()).isFalse();
  }

  @Test
  void namesThatAreNoNumbersAreNotLookedAt() throws IOException {
    link("1/fd/0", "/dev/null");
    link("1/fd/x\u0001y", "/dev/vfio/9");
    link("99999999999999999999/fd/3", "/dev/vfio/8");
    assertThat(look().nodes()).isEmpty();
    assertThat(look().isComplete()).isTrue();
  }

  @Test
  void whereTheFirstThreadHasEndedTheOthersMayHaveAnythingOpen() throws IOException {
    Files.createDirectories(proc().resolve("70/fd"));
    Files.createDirectories(proc().resolve("70/task/70"));
    assertThat(look().isComplete()).as("a process that has nothing open").isTrue();
    Files.createDirectories(proc().resolve("70/task/71"));
    assertThat(look().isComplete()).isFalse();
  }

  @Test
  void aDeviceThatIsOpenByItsOwnNodeExplainsNoOther() throws IOException {
    link("70/fd/3", "/dev/vfio/devices/vfio7");
    assertThat(look().isComplete()).isTrue();
    link("70/fd/4", DEVICE);
    assertThat(look().isComplete()).isFalse();
  }

  @Test
  void aRootThatIsALinkOrMissingTellsNothing() throws IOException {
    Path other = directory.resolve("other");
    assertThat(new ProcessScan(other, () -> 0).look()).satisfies(ProcessScanTest::tellsNothing);
    Files.createSymbolicLink(other, proc());
    assertThat(new ProcessScan(other, () -> 0).look()).satisfies(ProcessScanTest::tellsNothing);
  }

  private static void tellsNothing(OpenDevices seen) {
    assertThat(seen.nodes()).isEmpty();
    assertThat(seen.isComplete()).isFalse();
  }

  @Test
  void beyondABoundNothingIsComplete() throws IOException {
    for (String process : List.of("70", "71", "72")) {
      link(process + "/fd/3", "/dev/null");
      link(process + "/fd/4", "/dev/null");
    }
    assertThat(new ProcessScan(proc(), () -> 0, 4, 6).look().isComplete()).isTrue();
    assertThat(new ProcessScan(proc(), () -> 0, 3, 6).look().isComplete()).isFalse();
    assertThat(new ProcessScan(proc(), () -> 0, 4, 5).look().isComplete()).isFalse();
    AtomicLong time = new AtomicLong();
    assertThat(
            new ProcessScan(proc(), () -> time.addAndGet(ProcessScan.MAX_TIME.toNanos()))
                .look()
                .isComplete())
        .isFalse();
  }
}
