package io.fleetcompat.collector.proc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One {@code /proc}: the only class that opens files of it. What it finds may be a copy that
 * somebody made: it follows no link, opens plain files alone, and takes no name but numbers. For
 * one thread.
 */
final class ProcTree {

  /** The longest {@code fdinfo} that is read: it has a few lines for a VFIO device. */
  private static final int FDINFO_BYTES = 4096;

  /** The first namespace of process ids (PROC_PID_INIT_INO, include/linux/proc_ns.h). */
  private static final String FIRST_NAMESPACE = "pid:[4026531836]";

  private static final String SYSPATH = "vfio-device-syspath:";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  private final Path root;

  ProcTree(Path root) {
    this.root = root;
  }

  /** True where there is one at all. */
  boolean exists() {
    return isFolder(root);
  }

  /**
   * True where it shows all processes of the machine, and to whoever may look into them: in a
   * container, and where {@code hidepid} hides those of others, it shows a part.
   */
  boolean showsWholeMachine() {
    Path namespace = root.resolve("1/ns/pid");
    try {
      return isFolder(root) && Files.readSymbolicLink(namespace).toString().equals(FIRST_NAMESPACE);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Shows the processes one after the other, until the visitor has seen enough.
   *
   * @return whether all were shown
   */
  boolean processes(Predicate<String> visitor) {
    return isFolder(root) && show(root, visitor).isPresent();
  }

  /**
   * Shows the descriptors of a process likewise; a process that is gone has none.
   *
   * @return whether all were shown: not where the first thread has ended and others go on, since
   *     then nothing is listed here
   */
  boolean descriptors(String process, Predicate<String> visitor) {
    Path folder = root.resolve(process);
    Path descriptors = folder.resolve("fd");
    OptionalInt shown =
        isFolder(folder) && isFolder(descriptors)
            ? show(descriptors, visitor)
            : OptionalInt.empty();
    return shown.orElse(0) > 0
        || (shown.isPresent() && show(folder.resolve("task"), _ -> true).equals(OptionalInt.of(1)))
        || !isThere(folder);
  }

  /** The end of a descriptor's link; empty where it has been closed. */
  Optional<String> target(String process, String descriptor) throws IOException {
    try {
      Path link = root.resolve(process).resolve("fd").resolve(descriptor);
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The device of a descriptor, as a path below {@code /sys}; empty where nobody tells it. */
  Optional<String> device(String process, String descriptor) {
    Path file = root.resolve(process).resolve("fdinfo").resolve(descriptor);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String text = new String(stream.readNBytes(FDINFO_BYTES), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> line.startsWith(SYSPATH))
          .map(line -> line.substring(SYSPATH.length()).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Shows the numbers of a folder; gives how many, empty where not all could be shown. */
  private static OptionalInt show(Path folder, Predicate<String> visitor) {
    int shown = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (NUMBER.matcher(name).matches()) {
          if (!visitor.test(name)) {
            return OptionalInt.empty();
          }
          shown++;
        }
      }
      return OptionalInt.of(shown);
    } catch (IOException | DirectoryIteratorException e) {
      return OptionalInt.empty();
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
