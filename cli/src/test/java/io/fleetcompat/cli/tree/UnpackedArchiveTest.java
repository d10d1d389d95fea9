package io.fleetcompat.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.collector.sysfs.Bounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An archive that comes from anywhere. */
class UnpackedArchiveTest {

  @TempDir Path directory;

  /** An entry: a name, a kind of the tar format, and the target or content. */
  private record Entry(String name, byte kind, String content) {

    static Entry file(String name, String content) {
      return new Entry(name, TarConstants.LF_NORMAL, content);
    }

    static Entry link(String name, String target) {
      return new Entry(name, TarConstants.LF_SYMLINK, target);
    }
  }

  @Test
  void itIsUnpackedWhereNobodyElseLooksAndDeletedInTheEnd() throws IOException {
    Path archive =
        write(
            Entry.file("./sys/devices/a/vendor", "0x10de\n"),
            Entry.link("sys/bus/pci/devices/a", "../../../devices/a"));
    Path unpacked;
    try (UnpackedArchive opened = UnpackedArchive.unpack(archive)) {
      unpacked = opened.directory();
      assertThat(opened.manifest()).isEmpty();
      assertThat(Files.getPosixFilePermissions(unpacked)).hasSize(3);
      assertThat(opened.root().resolve("bus/pci/devices/a/vendor")).hasContent("0x10de");
    }
    assertThat(unpacked).doesNotExist();
  }

  @Test
  void anArchiveThatWasCutIsRefusedWhereverTheCutIs() throws IOException {
    Path whole = write(Entry.file("sys/devices/a/vendor", "0x10de\n"), Entry.file("sys/b", "1"));
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 256; length <= 2048; length += 256) {
      Path cut = Files.write(directory.resolve("cut.tar"), Arrays.copyOf(bytes, length));
      assertThatExceptionOfType(BadArchiveException.class)
          .as("%d bytes of it", length)
          .isThrownBy(() -> UnpackedArchive.unpack(cut))
          .withMessageContaining("was it cut?");
    }
  }

  @Test
  void aFileThatIsThereTwiceIsNamedByItsPathInTheArchive() throws IOException {
    Path archive = write(Entry.file("sys/a", "1"), Entry.file("sys/a", "2"));
    assertThatExceptionOfType(BadArchiveException.class)
        .isThrownBy(() -> UnpackedArchive.unpack(archive))
        .withMessage("expected every file once, found again 'sys/a'");
  }

  static Stream<List<Entry>> hostile() {
    return Stream.of(
        List.of(Entry.file("../evil", "x")),
        List.of(Entry.file("/evil", "x")),
        List.of(Entry.file("sys/../../evil", "x")),
        List.of(Entry.link("sys/a", "/etc")),
        List.of(Entry.link("sys/a", "..")),
        List.of(Entry.link("a", "..")),
        List.of(Entry.link("sys/a/b", "../../..")),
        // Links that stay inside one by one, and lead out together.
        List.of(
            Entry.link("sys/d/up", ".."),
            Entry.link("sys/d/x", "up/.."),
            Entry.link("sys/d/x/evil", "y")),
        List.of(Entry.link("sys/a", "b"), Entry.file("sys/a/c", "x")),
        List.of(Entry.link("sys/a", "b"), Entry.link("sys/a", "c")),
        List.of(Entry.file("sys/a", "1"), Entry.file("sys/a", "2")),
        List.of(Entry.file("sys/a", "1"), Entry.file("sys/a/b", "2")),
        List.of(Entry.file("sys/a", "1"), Entry.link("sys/a/b", "c")),
        List.of(Entry.file("sys/a", "1"), Entry.link("sys/a", "c")),
        List.of(Entry.file("sys/" + "x".repeat(256), "1")),
        List.of(Entry.file("sys/" + "xyz/".repeat(900) + "x", "1")),
        List.of(new Entry("sys/hard", TarConstants.LF_LINK, "sys/a")),
        List.of(new Entry("sys/dev", TarConstants.LF_CHR, "")),
        List.of(new Entry("sys/blk", TarConstants.LF_BLK, "")),
        List.of(new Entry("sys/fifo", TarConstants.LF_FIFO, "")),
        List.of(Entry.file("sys/long", "x".repeat(Bounds.FILE_BYTES + 2))),
        List.of(Entry.file("fleetcompat-archive.txt", "nonsense")));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whatLeadsOutOrIsNoFileIsRefusedAndNothingIsLeft(List<Entry> entries) throws IOException {
    Path archive = write(entries.toArray(Entry[]::new));
    List<Path> before = temporary();
    assertThatExceptionOfType(BadArchiveException.class)
        .isThrownBy(() -> UnpackedArchive.unpack(archive))
        .withMessageContaining("expected")
        .withMessageNotContaining("fleetcompat-archive-");
    assertThat(temporary()).isEqualTo(before);
    assertThat(directory.resolve("evil")).doesNotExist();
    assertThat(directory.resolve("../evil")).doesNotExist();
  }

  @Test
  void aFileThatIsNoArchiveIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("x.tar"), "hello".repeat(1000));
    assertThatExceptionOfType(BadArchiveException.class)
        .isThrownBy(() -> UnpackedArchive.unpack(file))
        .withMessage(
            "expected an archive (tar) that 'inspect -o tar' wrote, found %s, something else",
            file);
  }

  @Test
  void anEmptyFileAndACompressedOneAreCalledThat() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.tar"));
    assertThatExceptionOfType(BadArchiveException.class)
        .isThrownBy(() -> UnpackedArchive.unpack(empty))
        .withMessageEndingWith("found %s, an empty file", empty);
    Path gzip = Files.write(directory.resolve("a.tar.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
    assertThatExceptionOfType(BadArchiveException.class)
        .isThrownBy(() -> UnpackedArchive.unpack(gzip))
        .withMessageEndingWith("a gzip file: unpack it with gunzip first");
  }

  private static List<Path> temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(path -> path.getFileName().toString().startsWith("fleetcompat-archive-"))
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  private Path write(Entry... entries) throws IOException {
    Path archive = directory.resolve("a.tar");
    List<Entry> all = new ArrayList<>(List.of(entries));
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Entry entry : all) {
        TarArchiveEntry header = new TarArchiveEntry(entry.name, entry.kind, true);
        byte[] content = entry.content.getBytes(StandardCharsets.UTF_8);
        boolean file = entry.kind == TarConstants.LF_NORMAL;
        if (file) {
          header.setSize(content.length);
        } else {
          header.setLinkName(entry.content);
        }
        tar.putArchiveEntry(header);
        if (file) {
          tar.write(content);
        }
        tar.closeArchiveEntry();
      }
    }
    return archive;
  }
}
