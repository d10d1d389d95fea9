package io.fleetcompat.cli.tree;

import io.fleetcompat.inventory.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Paths in an archive, and what may stand in one: nothing that leads out of the tree. */
final class ArchivePath {

  /** The folder of the tree itself, and that of the facts. */
  static final String SYSFS = "sys";

  static final String FACTS = "facts";

  /** The longest target of a link, in characters (PATH_MAX). */
  private static final int MAX_LENGTH = 4096;

  /** The longest name (NAME_MAX), and the longest path that has room in a directory, in bytes. */
  private static final int MAX_NAME_BYTES = 255;

  private static final int MAX_BYTES = 3584;

  private ArchivePath() {}

  /**
   * An entry's name without the slash at the end of a directory's.
   *
   * @throws BadArchiveException where it is no plain relative path
   */
  static String checked(String name) throws BadArchiveException {
    String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    boolean plain =
        !path.isEmpty()
            && path.indexOf('\0') < 0
            && Arrays.stream(path.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!plain) {
      throw new BadArchiveException(
          "expected a relative path without '.' and '..', found " + Quoted.of(name));
    }
    if (bytes(path) > MAX_BYTES
        || Arrays.stream(path.split("/", -1)).anyMatch(part -> bytes(part) > MAX_NAME_BYTES)) {
      throw new BadArchiveException(
          "expected a path of at most %d bytes, and at most %d between slashes, found %s"
              .formatted(MAX_BYTES, MAX_NAME_BYTES, Quoted.of(path)));
    }
    return path;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * True where a link stays below the root of its tree, as its text says.
   *
   * @param link its path below the root
   */
  static boolean staysInside(String link, String target) {
    if (target.isEmpty() || target.startsWith("/") || target.length() > MAX_LENGTH) {
      return false;
    }
    List<String> directories = List.of(link.split("/", -1));
    Deque<String> behind = new ArrayDeque<>(directories.subList(0, directories.size() - 1));
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        if (behind.pollLast() == null) {
          return false;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        behind.addLast(part);
      }
    }
    return true;
  }
}
