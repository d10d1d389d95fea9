package io.fleetcompat.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads back what {@link HostTreeWriter} wrote. Not for real sysfs: that is the collector's work.
 */
final class HostTreeReader {

  private HostTreeReader() {}

  static HostTree read(Path root) throws IOException {
    SortedMap<String, HostTree.Entry> entries = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (!path.equals(root)) {
              entries.put(root.relativize(path).toString(), new HostTree.Directory());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            entries.put(root.relativize(path).toString(), entry(path, attributes));
            return FileVisitResult.CONTINUE;
          }
        });
    return new HostTree(entries);
  }

  private static HostTree.Entry entry(Path path, BasicFileAttributes attributes)
      throws IOException {
    if (attributes.isSymbolicLink()) {
      return new HostTree.Link(Files.readSymbolicLink(path).toString());
    }
    boolean readable =
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)
            .contains(PosixFilePermission.OWNER_READ);
    if (!readable) {
      return new HostTree.File("", true);
    }
    return new HostTree.File(Files.readString(path, StandardCharsets.UTF_8), false);
  }
}
