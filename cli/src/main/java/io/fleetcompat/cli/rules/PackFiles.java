package io.fleetcompat.cli.rules;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.inventory.Quoted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of packs that were named on the command line. */
final class PackFiles {

  /** Files that are looked at in one run. */
  private static final int MAX_FILES = 1024;

  private static final Pattern MISNAMED = Pattern.compile("(?i)^[^.].*\\.ya?ml$");

  private PackFiles() {}

  /** The files that are meant: of a directory its {@code *.yaml}, as the indexer takes them. */
  static List<Path> of(List<Path> named) {
    List<Path> files = new ArrayList<>();
    for (Path path : named) {
      if (Files.isDirectory(path)) {
        files.addAll(below(path));
      } else {
        files.add(path);
      }
      if (files.size() > MAX_FILES) {
        throw CommandFailure.usage("expected at most " + MAX_FILES + " files, found more");
      }
    }
    return files;
  }

  /** The files of a directory that look like packs, and that the indexer does not read. */
  static List<Path> misnamed(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(
              file -> {
                String name = String.valueOf(file.getFileName());
                return MISNAMED.matcher(name).find() && !name.endsWith(".yaml");
              })
          .sorted()
          .limit(MAX_FILES)
          .toList();
    } catch (IOException e) {
      throw CommandFailure.failed("the directory cannot be read: " + CommandFailure.why(e));
    }
  }

  /** The words for a file that the indexer does not read by its name. */
  static String notRead(Path file) {
    return Quoted.of(String.valueOf(file.getFileName())) + " is not read: only *.yaml is";
  }

  /** True where the indexer reads a file of that name in a directory of packs. */
  static boolean isRead(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".yaml") && !name.startsWith(".");
  }

  private static List<Path> below(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> packs = all.filter(PackFiles::isRead).sorted().limit(MAX_FILES + 1L).toList();
      if (packs.isEmpty()) {
        List<Path> others = misnamed(directory);
        throw CommandFailure.notFound(
            "expected *.yaml in "
                + directory
                + ", found "
                + (others.isEmpty()
                    ? "none"
                    : "only %s: the indexer reads no other names"
                        .formatted(Quoted.of(String.valueOf(others.getFirst().getFileName())))));
      }
      return packs;
    } catch (IOException e) {
      throw CommandFailure.failed("the directory cannot be read: " + CommandFailure.why(e));
    }
  }
}
