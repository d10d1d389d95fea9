package io.fleetcompat.collector.sysfs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The look of a sysfs root: a directory without any of its parts is something else. */
public final class SysfsRoot {

  private static final List<String> PARTS = List.of("bus", "class", "devices");

  /** Directories in which a root is looked for, so that a message can name it. */
  private static final int MOST_LOOKED_INTO = 100;

  private SysfsRoot() {}

  /** The sentence that says that a directory is no sysfs root; empty where it is one. */
  public static Optional<String> refusal(Path directory) {
    if (isRoot(directory)) {
      return Optional.empty();
    }
    String hint = meant(directory).map(root -> "; did you mean " + root + "?").orElse("");
    return Optional.of(directory + ": this is not a sysfs root: no bus/, class/, devices/" + hint);
  }

  /** True where a directory has one of the parts at least. */
  public static boolean isRoot(Path directory) {
    return PARTS.stream().anyMatch(part -> Files.isDirectory(directory.resolve(part)));
  }

  /** The root that is near: below it, below a directory of it, or above it. */
  private static Optional<Path> meant(Path directory) {
    List<Path> near = new ArrayList<>(List.of(directory.resolve("sys")));
    List<Path> below = directories(directory);
    below.forEach(child -> near.add(child.resolve("sys")));
    near.addAll(below);
    Path absolute = directory.toAbsolutePath().normalize();
    for (Path above = absolute.getParent(); above != null; above = above.getParent()) {
      near.add(above);
    }
    return near.stream().filter(SysfsRoot::isRoot).findFirst();
  }

  private static List<Path> directories(Path directory) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
      for (Path entry : entries) {
        if (found.size() == MOST_LOOKED_INTO) {
          break;
        }
        found.add(entry);
      }
    } catch (IOException e) {
      return List.of(); // then there is only less to name
    }
    found.sort(null);
    return found;
  }
}
