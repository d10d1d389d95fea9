package io.fleetcompat.indexer.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in which Kafka Streams keeps the state of one application, made such that Streams
 * can start: a file where a directory has to be, or the other way round, is moved aside, and so is
 * the state of tasks that there are not, and what an earlier version left where it cannot be read.
 * Stores are looked at when they are opened ({@link CheckedStore}). One thread, before Streams.
 */
public final class StateFolder {

  private static final Pattern TASK = Pattern.compile("([0-9]+)_[0-9]+");

  /** Files of Streams in the folder itself. */
  private static final List<String> FILES = List.of(".lock", "kafka-streams-process-metadata");

  private static final String STORES = "rocksdb";

  /** The largest file of positions that an earlier version may have left. */
  private static final long LARGEST_POSITIONS = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);

  private final Path state;
  private final String application;
  private final Runnable moved;
  private final AsidePlace aside;

  /**
   * @param state the directory of state, in which Streams makes one for each application
   * @param moved hears that something was moved aside
   */
  public StateFolder(Path state, String application, Runnable moved, Clock clock) {
    this.state = state;
    this.application = application;
    this.moved = moved;
    this.aside = new AsidePlace(state, clock);
  }

  /**
   * Moves aside whatever would keep Streams from starting.
   *
   * @param subtopologies the numbers of those that the application has
   * @throws IOException if the directory cannot be read, or something cannot be moved
   */
  public void clear(Set<Integer> subtopologies) throws IOException {
    Path folder = state.resolve(application);
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      move(folder, "expected a directory, found a file");
      return;
    }
    for (Path each : entries(folder)) {
      Optional<String> wrong = wrong(each, subtopologies);
      if (wrong.isPresent()) {
        move(each, wrong.get());
      }
    }
  }

  private static Optional<String> wrong(Path each, Set<Integer> subtopologies) throws IOException {
    String name = String.valueOf(each.getFileName());
    boolean isDirectory = Files.isDirectory(each);
    if (FILES.contains(name)) {
      return isDirectory ? Optional.of("expected a file, found a directory") : Optional.empty();
    }
    return TASK.matcher(name).matches()
        ? (isDirectory
            ? wrongTask(each, name, subtopologies)
            : Optional.of("expected the directory of a task, found a file"))
        : Optional.empty(); // nobody looks at it
  }

  private static Optional<String> wrongTask(Path task, String name, Set<Integer> subtopologies)
      throws IOException {
    if (!isOneOf(name, subtopologies)) {
      return Optional.of("expected the state of a task, found that of none: " + name);
    }
    Path stores = task.resolve(STORES);
    if (Files.exists(stores) && !Files.isDirectory(stores)) {
      return Optional.of("expected a directory of stores, found a file: " + stores);
    }
    for (Path each : entries(task)) {
      String file = String.valueOf(each.getFileName());
      if ((file.equals(".checkpoint") || file.endsWith(".position")) && !isPositions(each)) {
        return Optional.of("expected positions of an earlier version, found others: " + each);
      }
    }
    return Optional.empty();
  }

  private static boolean isOneOf(String task, Set<Integer> subtopologies) {
    try {
      int end = task.indexOf('_');
      return subtopologies.contains(Integer.parseInt(task.substring(0, end)))
          && Integer.parseInt(task.substring(end + 1)) >= 0;
    } catch (NumberFormatException e) {
      return false; // too large for any
    }
  }

  /** The form in which Streams wrote positions: a version, a count, and lines of three words. */
  private static boolean isPositions(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_POSITIONS) {
      return false;
    }
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    return lines.size() >= 2
        && lines.get(0).equals("0")
        && lines.get(1).equals(String.valueOf(lines.size() - 2))
        && lines.stream()
            .skip(2)
            .allMatch(line -> line.matches("\\S{1,249} [0-9]{1,9} -?[0-9]{1,18}"));
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      all.forEach(entries::add);
    }
    return entries;
  }

  private void move(Path what, String why) throws IOException {
    Path now = aside.take(what, String.valueOf(what.getFileName()));
    LOG.warn(
        "{} is damaged: {}; it was moved to {}, and what was in it is read again from Kafka",
        what,
        why,
        now);
    moved.run();
  }
}
