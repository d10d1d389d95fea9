package io.fleetcompat.cli.rules;

import io.fleetcompat.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files of packs that were named on the command line. */
final class PackFiles {

  /** Files that are looked at in one run. */
  private static final int MAX_FILES = 1024;

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

  private static List<Path> below(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      List<Path> packs =
          all.filter(
                  file -> {
                    String name = String.valueOf(file.getFileName());
                    return name.endsWith(".yaml") && !name.startsWith(".");
                  })
              .sorted()
              .limit(MAX_FILES + 1L)
              .toList();
      if (packs.isEmpty()) {
        throw CommandFailure.notFound("expected *.yaml in " + directory + ", found none");
      }
      return packs;
    } catch (IOException e) {
      throw CommandFailure.failed("the directory cannot be read: " + CommandFailure.why(e));
    }
  }
}
