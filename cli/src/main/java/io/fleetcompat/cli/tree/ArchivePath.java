package io.fleetcompat.cli.tree;

import io.fleetcompat.inventory.Quoted;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Paths in an archive, and what may stand in one: nothing that leads out of the tree. */
final class ArchivePath {

  /** The folder of the tree itself, and that of the facts. */
  static final String SYSFS = "sys";

  static final String FACTS = "facts";

  /** The longest path and the longest target of a link, in characters (PATH_MAX). */
  private static final int MAX_LENGTH = 4096;

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
            && path.length() <= MAX_LENGTH
            && path.indexOf('\0') < 0
            && Arrays.stream(path.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!plain) {
      throw new BadArchiveException(
          "expected a relative path without '.' and '..', found " + Quoted.of(name));
    }
    return path;
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
