package io.fleetcompat.cli.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The laws of an archive that comes from anywhere: it is refused with what was expected, or nothing
 * of it lies or leads outside its directory, which is gone in the end.
 */
public final class ArchiveProperties {

  /** The two empty records without which an archive is one that was cut. */
  private static final int END_BYTES = 1024;

  private final Path directory;

  public ArchiveProperties() throws IOException {
    directory = Files.createTempDirectory("fuzz-archive-");
    directory.toFile().deleteOnExit();
  }

  /** Two archives: of plain files, and with links. */
  public static List<byte[]> samples() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      add(tar, Manifest.NAME, "fleetcompat archive 1\nkernel 6.8.0\nfault read EIO sys/a\n");
      add(tar, "facts/a.facts", "site.a=1\n");
      add(tar, "sys/devices/a/vendor", "0x10de\n");
      TarArchiveEntry link = new TarArchiveEntry("sys/bus/pci/devices/a", TarConstants.LF_SYMLINK);
      link.setLinkName("../../../devices/a");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(small)) {
      add(tar, "sys/a", "1\n");
    }
    return List.of(withoutEnd(out.toByteArray()), withoutEnd(small.toByteArray()));
  }

  private static void add(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static byte[] withoutEnd(byte[] archive) {
    int end = archive.length;
    while (end > 0 && archive[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOf(archive, end);
  }

  /** An archive, to whose last record zeros are added, and then its end. */
  public boolean archive(byte[] input) throws IOException {
    int records = (input.length + 511) / 512;
    Path file = directory.resolve("a.tar");
    Files.write(file, Arrays.copyOf(input, 512 * records + END_BYTES));
    Path unpacked;
    try (UnpackedArchive archive = UnpackedArchive.unpack(file)) {
      unpacked = archive.directory();
      requireInside(unpacked.toRealPath());
    } catch (BadArchiveException e) {
      assertThat(e).hasMessageContaining("expected ");
      assertThat(String.valueOf(e.getMessage())).doesNotContain("\n");
      return false;
    } finally {
      Files.deleteIfExists(file);
    }
    assertThat(unpacked).doesNotExist();
    return true;
  }

  private static void requireInside(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        if (Files.exists(path)) {
          assertThat(path.toRealPath()).startsWith(root);
        }
        assertThat(
                Files.isSymbolicLink(path)
                    || Files.isDirectory(path)
                    || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
            .isTrue();
      }
    }
  }

  /** A manifest comes back equal, but for its notes, which are for people. */
  public static boolean manifest(byte[] input) throws BadArchiveException {
    Manifest manifest;
    try {
      manifest = Manifest.parse(new String(input, StandardCharsets.UTF_8));
    } catch (BadArchiveException e) {
      assertThat(e).hasMessageContaining(Manifest.NAME).hasMessageContaining("expected ");
      return false;
    }
    Manifest again = Manifest.parse(manifest.write());
    assertThat(again.kernel()).isEqualTo(manifest.kernel());
    assertThat(again.faults()).isEqualTo(manifest.faults());
    assertThat(again.stale()).isEqualTo(manifest.stale());
    assertThat(again.notes()).hasSameSizeAs(manifest.notes());
    return true;
  }
}
