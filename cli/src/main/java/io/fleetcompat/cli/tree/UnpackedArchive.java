package io.fleetcompat.cli.tree;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.inventory.Quoted;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An archive of a tree, unpacked into a directory that nobody else may look into, and that is
 * deleted in the end. An archive comes from anywhere: what leads out of it, is more than a host can
 * have, or is neither file, directory nor symbolic link, is refused, and with it the archive. Links
 * are made last, so that no entry is ever written through one.
 *
 * @param temporary where it is unpacked
 * @param manifest empty where the archive is another program's
 */
record UnpackedArchive(TemporaryDirectory temporary, Optional<Manifest> manifest)
    implements AutoCloseable {

  static final int MAX_ENTRIES = 1_000_000;
  static final long MAX_BYTES = 1L << 30;

  /** The longest file: one byte more than the longest that is read of any. */
  private static final int MOST_OF_A_FILE = Bounds.FILE_BYTES + 1;

  /**
   * The two records of zeros that every archive ends with (POSIX, pax, "ustar Interchange Format").
   */
  private static final int END_BYTES = 1024;

  /** The first record, which says that it is one. */
  private static final int HEADER_BYTES = 512;

  /** The first bytes of a gzip file (RFC 1952, 2.3.1). */
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  /** Opens an archive. */
  static UnpackedArchive unpack(Path archive) throws IOException {
    requireTar(archive);
    requireEnd(archive);
    TemporaryDirectory directory = TemporaryDirectory.create("fleetcompat-archive-");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name())) {
      return new UnpackedArchive(directory, new Unpacking(directory, tar).all());
    } catch (BadArchiveException e) {
      directory.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw notOne(archive, e);
    }
  }

  private static void requireTar(Path archive) throws IOException {
    byte[] begin;
    try (InputStream in = Files.newInputStream(archive)) {
      begin = in.readNBytes(HEADER_BYTES);
    }
    if (begin.length == 0) {
      throw another(archive, "an empty file");
    }
    if (begin.length > 1 && begin[0] == GZIP[0] && begin[1] == GZIP[1]) {
      throw another(archive, "a gzip file: unpack it with gunzip first");
    }
    if (begin.length == HEADER_BYTES && !TarArchiveInputStream.matches(begin, begin.length)) {
      throw another(archive, "something else");
    }
  }

  private static BadArchiveException another(Path archive, String found) {
    return new BadArchiveException(
        "expected an archive (tar) that 'inspect -o tar' wrote, found %s, %s"
            .formatted(archive, found));
  }

  /** An archive that was cut would be read up to there, and what is missing would be absent. */
  private static void requireEnd(Path archive) throws IOException {
    try (FileChannel file = FileChannel.open(archive)) {
      ByteBuffer end = ByteBuffer.allocate(END_BYTES);
      long at = Math.max(0, file.size() - END_BYTES);
      while (end.hasRemaining() && file.read(end, at + end.position()) >= 0) {
        // a read may give less than was asked for
      }
      if (end.hasRemaining() || end.flip().mismatch(ByteBuffer.allocate(END_BYTES)) >= 0) {
        throw new BadArchiveException(
            "expected an archive (tar) that ends with %d bytes of zeros, found %s: was it cut?"
                .formatted(END_BYTES, archive));
      }
    }
  }

  private static BadArchiveException notOne(Path archive, Exception cause) {
    // The path in a file's failure is one of the temporary directory, which says nothing.
    String why =
        cause instanceof FileSystemException failure
            ? Optional.ofNullable(failure.getReason()).orElse("it cannot be unpacked")
            : String.valueOf(cause.getMessage());
    BadArchiveException bad =
        new BadArchiveException(
            "expected an archive (tar) of a sysfs tree, found " + archive + ": " + why);
    bad.initCause(cause);
    return bad;
  }

  /** The directory that it is in. */
  Path directory() {
    return temporary.path();
  }

  /** The sysfs root in it. */
  Path root() {
    Path folder = directory().resolve(ArchivePath.SYSFS);
    return Files.isDirectory(folder) ? folder : directory();
  }

  /** The directory of facts in it, which need not be there. */
  Path facts() {
    return directory().resolve(ArchivePath.FACTS);
  }

  @Override
  public void close() throws IOException {
    temporary.close();
  }

  /** One archive on its way to disk. */
  private static final class Unpacking {

    private final TemporaryDirectory temporary;
    private final Path directory;
    private final TarArchiveInputStream tar;
    private final SortedMap<String, String> links = new TreeMap<>();
    private Optional<Manifest> manifest = Optional.empty();
    private int entries;
    private long bytes;

    Unpacking(TemporaryDirectory temporary, TarArchiveInputStream tar) {
      this.temporary = temporary;
      this.directory = temporary.path();
      this.tar = tar;
    }

    Optional<Manifest> all() throws IOException {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (++entries > MAX_ENTRIES) {
          throw new BadArchiveException("expected at most " + MAX_ENTRIES + " entries, found more");
        }
        if (!isRootItself(entry)) {
          TarArchiveEntry next = entry;
          temporary.fill(() -> unpack(next));
        }
      }
      for (Map.Entry<String, String> link : links.entrySet()) {
        temporary.fill(() -> link(link.getKey(), link.getValue()));
      }
      temporary.fill(this::age);
      return manifest;
    }

    /** Files of facts that were too old are so again; the others are as new as the copy. */
    private void age() throws IOException {
      for (String name : manifest.map(Manifest::stale).orElse(Collections.emptySortedSet())) {
        Path file = target(ArchivePath.FACTS + "/" + name);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        }
      }
    }

    /** The entry that {@code tar -C DIR .} writes for DIR. */
    private static boolean isRootItself(TarArchiveEntry entry) {
      return entry.isDirectory() && (entry.getName().equals("./") || entry.getName().equals("."));
    }

    private void unpack(TarArchiveEntry entry) throws IOException {
      String name = entry.getName();
      String path = ArchivePath.checked(name.startsWith("./") ? name.substring(2) : name);
      if (entry.isSymbolicLink()) {
        addLink(path, entry.getLinkName());
      } else if (entry.isDirectory()) {
        directories(target(path), path);
      } else if (entry.isFile() && !entry.isLink() && !isSpecial(entry)) {
        file(path, entry);
      } else {
        throw new BadArchiveException(
            "expected files, directories and symbolic links, found something else at "
                + Quoted.of(path));
      }
    }

    private static boolean isSpecial(TarArchiveEntry entry) {
      return entry.isCharacterDevice()
          || entry.isBlockDevice()
          || entry.isFIFO()
          || entry.isSparse();
    }

    private void addLink(String path, String to) throws BadArchiveException {
      String root = ArchivePath.SYSFS + "/";
      boolean inside =
          path.startsWith(root)
              ? ArchivePath.staysInside(path.substring(root.length()), to)
              : ArchivePath.staysInside(path, to);
      if (!inside || links.put(path, to) != null) {
        throw new BadArchiveException(
            "expected one link that stays in the tree at %s, found one to %s"
                .formatted(Quoted.of(path), Quoted.of(to)));
      }
    }

    private void file(String path, TarArchiveEntry entry) throws IOException {
      int limit = path.equals(Manifest.NAME) ? Manifest.MAX_BYTES : MOST_OF_A_FILE;
      byte[] content = tar.readNBytes(limit);
      bytes += content.length;
      if (tar.read() >= 0 || bytes > MAX_BYTES) {
        throw new BadArchiveException(
            "expected at most %d bytes of a file and %d of all, found more at %s"
                .formatted(limit, MAX_BYTES, Quoted.of(path)));
      }
      if (path.equals(Manifest.NAME)) {
        manifest = Optional.of(Manifest.parse(new String(content, StandardCharsets.UTF_8)));
        return;
      }
      Path file = target(path);
      directories(parent(file), path);
      try {
        Files.write(file, content, StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        throw new BadArchiveException("expected every file once, found again " + Quoted.of(path));
      }
      boolean readable = (entry.getMode() & 0444) != 0;
      Files.setPosixFilePermissions(
          file, PosixFilePermissions.fromString(readable ? "r--------" : "---------"));
    }

    /** No link is made through another: that might lead anywhere. */
    private void link(String path, String to) throws IOException {
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        if (links.containsKey(path.substring(0, slash))) {
          throw new BadArchiveException(
              "expected directories above every entry, found a link above " + Quoted.of(path));
        }
      }
      Path link = target(path);
      directories(parent(link), path);
      try {
        Files.createSymbolicLink(link, Path.of(to));
      } catch (FileAlreadyExistsException e) {
        throw new BadArchiveException("expected every entry once, found again " + Quoted.of(path));
      }
    }

    private static void directories(Path directory, String path) throws IOException {
      try {
        Files.createDirectories(directory);
      } catch (FileAlreadyExistsException e) {
        throw new BadArchiveException(
            "expected directories above every entry, found a file at or above " + Quoted.of(path));
      }
    }

    private Path target(String path) throws BadArchiveException {
      Path target = directory.resolve(path).normalize();
      if (!target.startsWith(directory) || target.equals(directory)) {
        throw new BadArchiveException("expected a path in the archive, found " + Quoted.of(path));
      }
      return target;
    }

    private Path parent(Path path) {
      Path parent = path.getParent();
      return parent == null ? directory : parent;
    }
  }
}
