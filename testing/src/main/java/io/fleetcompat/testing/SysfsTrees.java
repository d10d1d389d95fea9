package io.fleetcompat.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sysfs trees on disk from text, in the form of the rules' vectors. */
public final class SysfsTrees {

  private SysfsTrees() {}

  /**
   * Writes a tree.
   *
   * @param root created where it is missing
   * @param contents path below the root to content; null makes an empty directory
   * @param links path below the root to the link's text, taken verbatim
   * @return the root
   */
  public static Path write(
      Path root, Map<String, @Nullable String> contents, Map<String, String> links)
      throws IOException {
    Files.createDirectories(root);
    for (Map.Entry<String, @Nullable String> entry : contents.entrySet()) {
      writeOne(inside(root, entry.getKey()), entry.getValue());
    }
    for (Map.Entry<String, String> link : links.entrySet()) {
      Path path = inside(root, link.getKey());
      Files.createDirectories(path.getParent());
      Files.createSymbolicLink(path, Path.of(link.getValue()));
    }
    return root;
  }

  private static void writeOne(Path path, @Nullable String content) throws IOException {
    if (content == null) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private static Path inside(Path root, String relative) {
    Path path = root.resolve(relative).normalize();
    if (!path.startsWith(root.normalize())) {
      throw new IllegalArgumentException("expected a path below " + root + ", found " + relative);
    }
    return path;
  }
}
