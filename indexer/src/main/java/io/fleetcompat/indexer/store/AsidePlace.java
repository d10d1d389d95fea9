package io.fleetcompat.indexer.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directory beside the state of Kafka Streams to which damaged files are moved, so that
 * somebody can look at them. Of each thing the newest few are kept. Threads: any.
 */
final class AsidePlace {

  /** The directory's name, below the directory of state. */
  static final String NAME = "damaged";

  /** Most that are kept of one store or file. */
  static final int KEPT = 2;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path directory;
  private final Clock clock;

  /**
   * @param state the directory of state
   */
  AsidePlace(Path state, Clock clock) {
    this.directory = state.resolve(NAME);
    this.clock = clock;
  }

  /**
   * Moves a file or directory here; the oldest of the same name go.
   *
   * @param name of the thing, without the time
   * @return where it is now
   */
  synchronized Path take(Path what, String name) throws IOException {
    Files.createDirectories(directory);
    String time = TIME.format(clock.instant());
    Path target = directory.resolve(name + "." + time);
    for (int again = 1; Files.exists(target); again++) {
      target = directory.resolve(name + "." + time + "-" + again);
    }
    Files.move(what, target);
    prune(name);
    return target;
  }

  private void prune(String name) throws IOException {
    Pattern same = Pattern.compile(Pattern.quote(name) + "\\.[0-9]{8}T[0-9.]+Z(-[0-9]+)?");
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path each : all) {
        if (same.matcher(String.valueOf(each.getFileName())).matches()) {
          found.add(each);
        }
      }
    }
    found.sort(Comparator.comparing(path -> String.valueOf(path.getFileName())));
    for (Path old : found.subList(0, Math.max(0, found.size() - KEPT))) {
      delete(old);
    }
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException fault)
              throws IOException {
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
