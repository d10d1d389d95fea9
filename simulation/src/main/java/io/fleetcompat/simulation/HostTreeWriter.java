package io.fleetcompat.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * Puts a {@link HostTree} on disk, whole or as the difference to the one before. Whatever is new is
 * made in a scratch folder outside the tree and then renamed into it, so that a reader never sees
 * half an attribute, half a device or half a host.
 */
final class HostTreeWriter {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<Set<PosixFilePermission>> READABLE = mode("rw-r--r--");
  private static final FileAttribute<Set<PosixFilePermission>> WRITE_ONLY = mode("-w-------");

  private HostTreeWriter() {}

  /** Creates the tree; {@code root} must not exist. */
  static void create(Path root, HostTree tree) throws IOException {
    Files.createDirectory(root);
    for (var entry : tree.entries().entrySet()) {
      make(root.resolve(entry.getKey()), entry.getValue());
    }
  }

  /**
   * Turns the tree on disk from {@code before} into {@code after}. Links to what goes away go
   * first, links to what comes appear last, as in the kernel.
   *
   * @param scratch an existing folder on the same file system that readers ignore
   */
  static void change(Path root, HostTree before, HostTree after, Path scratch) throws IOException {
    List<String> gone = tops(before.entries(), after.entries());
    List<String> added = tops(after.entries(), before.entries());
    for (String path : linksFirst(before, gone)) {
      Path aside = scratch.resolve("gone");
      Files.move(root.resolve(path), aside, StandardCopyOption.ATOMIC_MOVE);
      delete(aside);
    }
    for (var entry : after.entries().entrySet()) {
      HostTree.Entry old = before.entries().get(entry.getKey());
      if (old != null && !old.equals(entry.getValue())) {
        place(root, after, entry.getKey(), scratch);
      }
    }
    for (String path : linksFirst(after, added).reversed()) {
      place(root, after, path, scratch);
    }
  }

  /** Deletes a file or a whole folder; nothing where there is none. */
  static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e.getCause();
      }
    }
  }

  private static void place(Path root, HostTree tree, String path, Path scratch)
      throws IOException {
    Path fresh = scratch.resolve("fresh");
    delete(fresh);
    HostTree.Entry entry = entry(tree, path);
    make(fresh, entry);
    if (entry instanceof HostTree.Directory) {
      for (var child : below(tree, path).entrySet()) {
        make(fresh.resolve(child.getKey().substring(path.length() + 1)), child.getValue());
      }
    }
    Files.move(fresh, root.resolve(path), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The paths that only the first has and whose parent both have. */
  private static List<String> tops(
      SortedMap<String, HostTree.Entry> in, SortedMap<String, HostTree.Entry> other) {
    return in.keySet().stream()
        .filter(path -> !sameShape(in.get(path), other.get(path)))
        .filter(
            path ->
                parent(path).isEmpty() || sameShape(in.get(parent(path)), other.get(parent(path))))
        .toList();
  }

  /**
   * A directory that became a file is one thing gone and another come; a new content is neither.
   */
  private static boolean sameShape(
      HostTree.@org.jspecify.annotations.Nullable Entry one,
      HostTree.@org.jspecify.annotations.Nullable Entry other) {
    return one != null
        && other != null
        && one instanceof HostTree.Directory == other instanceof HostTree.Directory;
  }

  private static List<String> linksFirst(HostTree tree, List<String> paths) {
    return paths.stream()
        .sorted(Comparator.comparing(path -> !(entry(tree, path) instanceof HostTree.Link)))
        .toList();
  }

  private static HostTree.Entry entry(HostTree tree, String path) {
    return java.util.Objects.requireNonNull(tree.entries().get(path));
  }

  private static SortedMap<String, HostTree.Entry> below(HostTree tree, String path) {
    // '0' follows '/': the range holds exactly what is below the path.
    return tree.entries().subMap(path + "/", path + "0");
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static void make(Path path, HostTree.Entry entry) throws IOException {
    switch (entry) {
      case HostTree.Directory directory -> Files.createDirectory(path);
      case HostTree.Link(String target) -> Files.createSymbolicLink(path, Path.of(target));
      case HostTree.File(String content, boolean writeOnly) ->
          write(path, content, writeOnly ? WRITE_ONLY : READABLE);
    }
  }

  private static void write(Path path, String content, FileAttribute<Set<PosixFilePermission>> mode)
      throws IOException {
    try (FileChannel channel = FileChannel.open(path, NEW, mode)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
  }
}
