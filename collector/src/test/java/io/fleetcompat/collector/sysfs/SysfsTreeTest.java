package io.fleetcompat.collector.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reading rules of docs/rules.md 2, each on real files. */
class SysfsTreeTest {

  /** Longer than any read of a file takes on a busy machine; whoever hangs pays it. */
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  @TempDir Path directory;
  private TreeOnDisk disk;
  private SysfsTree tree;
  private final List<Problem> problems = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
    tree = SysfsTree.open(disk.root(), Bounds.DEFAULT, DEADLINE);
  }

  @AfterEach
  void close() {
    tree.close();
  }

  @Test
  void oneTrailingNewlineIsDropped() {
    disk.file("a", "1.2.0\n").file("b", "x\n\n").file("c", "").file("d", "two\nlines\tand tab\n");
    assertThat(read("a")).isEqualTo(new Attribute.Text("1.2.0"));
    assertThat(read("b")).isEqualTo(new Attribute.Text("x\n"));
    assertThat(read("c")).isEqualTo(new Attribute.Text(""));
    assertThat(read("d")).isEqualTo(new Attribute.Text("two\nlines\tand tab"));
  }

  @Test
  void moreThanAPageIsMalformedNeverTruncated() {
    disk.file("page", "x".repeat(4096)).file("more", "x".repeat(4097));
    assertThat(read("page")).isEqualTo(new Attribute.Text("x".repeat(4096)));
    assertThat(read("more")).isInstanceOf(Attribute.Malformed.class);
    assertThat(problems).extracting(Problem::code).containsExactly(ProblemCode.MALFORMED);
  }

  @Test
  void theFileFormsMayHave64KiB() {
    disk.file("most", "x".repeat(65536)).file("more", "x".repeat(65537));
    try (Scan scan = tree.scan()) {
      var read = scan.read(new Node(""), List.of("most", "more"), Bounds.FILE_BYTES);
      assertThat(read.get("most")).isEqualTo(new Attribute.Text("x".repeat(65536)));
      assertThat(read.get("more")).isInstanceOf(Attribute.Malformed.class);
    }
  }

  @Test
  void bytesThatAreNoTextAreMalformed() {
    disk.file("nul", new byte[] {'a', 0, 'b'})
        .file("cr", "a\r\n")
        .file("escape", "\u001b[31m")
        .file("c1", "\u0085")
        .file("latin1", new byte[] {(byte) 0xe9})
        .file("surrogate", new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
    for (String name : List.of("nul", "cr", "escape", "c1", "latin1", "surrogate")) {
      assertThat(read(name)).as(name).isInstanceOf(Attribute.Malformed.class);
    }
  }

  @Test
  void absentIsNotUnreadableIsNotADirectory() {
    disk.file("write-only", "x").mode("write-only", "0200").directory("directory");
    assertThat(read("nothing")).isEqualTo(Attribute.ABSENT);
    assertThat(read("write-only/below-a-file")).isEqualTo(Attribute.ABSENT);
    assertThat(read("write-only")).isEqualTo(new Attribute.Unreadable("EACCES"));
    assertThat(read("directory")).isEqualTo(Attribute.DIRECTORY);
  }

  @Test
  void anErrorHasTheKernelsName() throws IOException {
    // A file of the live kernel that opens and whose reading fails: EIO, at address 0 of ourselves.
    try (SysfsTree self = SysfsTree.open(Path.of("/proc/self"), Bounds.DEFAULT, DEADLINE);
        Scan scan = self.scan()) {
      assertThat(scan.read(new Node(""), List.of("mem")).get("mem"))
          .isEqualTo(new Attribute.Unreadable("EIO"));
    }
  }

  @Test
  void linksWithinTheRootAreFollowed() {
    disk.file("real/deep/value", "1\n")
        .link("bus/node", "../real/deep")
        .link("value", "bus/node/value");
    assertThat(read("value")).isEqualTo(new Attribute.Text("1"));
    try (Scan scan = tree.scan()) {
      assertThat(scan.node("bus/node")).contains(new Node("real/deep"));
      assertThat(scan.linkName(new Node("bus"), "node")).isEqualTo(new Attribute.Text("deep"));
    }
  }

  @Test
  void linksOutOfTheRootAreRefused() throws IOException {
    Files.writeString(directory.resolve("secret"), "x");
    disk.link("absolute", disk.root() + "/there")
        .file("there", "x")
        .link("above", "../secret")
        .link("far", "../../../../../../../../etc/hostname")
        .link("hop", "there/../../secret")
        .link("nowhere", "missing/../../secret");
    for (String name : List.of("absolute", "above", "far", "nowhere")) {
      assertThat(read(name)).as(name).isEqualTo(new Attribute.Unreadable("EXDEV"));
    }
    assertThat(read("hop")).isNotInstanceOf(Attribute.Text.class);
    assertThat(problems).extracting(Problem::code).containsOnly(ProblemCode.OUTSIDE_ROOT);
    try (Scan scan = tree.scan()) {
      assertThat(scan.linkName(new Node(""), "far")).isEqualTo(new Attribute.Unreadable("EXDEV"));
      assertThat(scan.node("above")).isEmpty();
      assertThat(scan.node("../sys")).isEmpty();
    }
  }

  @Test
  void aLinkToNothingIsAbsentAndReported() {
    disk.link("dangling", "missing");
    assertThat(read("dangling")).isEqualTo(Attribute.ABSENT);
    assertThat(problems).extracting(Problem::code).containsExactly(ProblemCode.DANGLING_LINK);
    try (Scan scan = tree.scan()) {
      assertThat(scan.linkName(new Node(""), "dangling")).isEqualTo(new Attribute.Text("missing"));
    }
  }

  @Test
  void aLoopOfLinksIsAnErrorNotALoop() {
    disk.link("a", "b").link("b", "a").link("self", "self/self");
    assertThat(read("a")).isEqualTo(new Attribute.Unreadable("ELOOP"));
    assertThat(read("self")).isEqualTo(new Attribute.Unreadable("ELOOP"));
  }

  @Test
  void aHangingReadCostsADeadlineAndTheRestIsRead() {
    disk.fifo("hangs").file("a", "1").file("z", "2");
    try (Scan scan = tree.scan()) {
      var read = scan.read(new Node(""), List.of("a", "hangs", "z"));
      assertThat(read)
          .containsEntry("a", new Attribute.Text("1"))
          .containsEntry("hangs", new Attribute.Unreadable("ETIMEDOUT"))
          .containsEntry("z", new Attribute.Text("2"));
    }
    assertThat(tree.hangingReads()).isEqualTo(1);
  }

  @Test
  void aHangingReadIsNotTriedAgainUntilItReturned() throws Exception {
    disk.fifo("hangs");
    assertThat(read("hangs")).isEqualTo(new Attribute.Unreadable("ETIMEDOUT"));
    long start = System.nanoTime();
    assertThat(read("hangs")).isEqualTo(new Attribute.Unreadable("ETIMEDOUT"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
    assertThat(tree.hangingReads()).isEqualTo(1);

    Files.writeString(disk.root().resolve("hangs"), "awake\n");
    Await.until("the read to return", () -> tree.hangingReads() == 0);
    Files.delete(disk.root().resolve("hangs"));
    disk.file("hangs", "well\n");
    assertThat(read("hangs")).isEqualTo(new Attribute.Text("well"));
  }

  @Test
  void manyHangingReadsTakeABoundedTime() {
    List<String> names = IntStream.range(0, 60).mapToObj(i -> "hangs%02d".formatted(i)).toList();
    names.forEach(disk::fifo);
    long start = System.nanoTime();
    try (Scan scan = tree.scan()) {
      assertThat(scan.read(new Node(""), names).values())
          .hasSize(60)
          .containsOnly(new Attribute.Unreadable("ETIMEDOUT"));
    }
    Duration most =
        DEADLINE
            .multipliedBy(DeadlineReads.MAX_DEADLINES + 1)
            .plus(DeadlineReads.SHORT_DEADLINE.multipliedBy(DeadlineReads.MAX_HANGING));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(most.multipliedBy(4));
    assertThat(tree.hangingReads()).isEqualTo(DeadlineReads.MAX_HANGING);
  }

  @Test
  void aRootThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> SysfsTree.open(directory.resolve("none"), Bounds.DEFAULT, DEADLINE))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Attribute read(String name) {
    try (Scan scan = tree.scan()) {
      Attribute read = scan.read(new Node(""), List.of(name)).getOrDefault(name, Attribute.ABSENT);
      problems.addAll(scan.problems());
      return read;
    }
  }
}
