package io.fleetcompat.cli.tree;

import io.fleetcompat.collector.libc.Errno;
import io.fleetcompat.collector.sysfs.Fault;
import io.fleetcompat.inventory.PercentCode;
import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The first file of an archive: all about a scan that files cannot show. Lines of words; the last
 * word is percent-encoded.
 *
 * @param kernel release, where known
 * @param faults below {@code sys}
 * @param stale names of files of facts that were too old
 * @param notes for people alone, such as the versions of drivers
 */
record Manifest(
    Optional<String> kernel, SortedSet<Fault> faults, SortedSet<String> stale, List<String> notes) {

  static final String NAME = "fleetcompat-archive.txt";

  private static final String TITLE = "fleetcompat archive 1";
  private static final String KERNEL = "kernel ";
  private static final String FAULT = "fault ";
  private static final String STALE = "stale ";
  private static final String NOTE = "# ";

  /** The longest manifest that is read, and the most faults in one. */
  static final int MAX_BYTES = 16 << 20;

  private static final int MAX_FAULTS = 200_000;

  Manifest {
    faults = new TreeSet<>(faults);
    stale = new TreeSet<>(stale);
    notes = List.copyOf(notes);
  }

  String write() {
    StringBuilder text = new StringBuilder(TITLE).append('\n');
    notes.forEach(note -> text.append(NOTE).append(encode(note, true)).append('\n'));
    kernel.ifPresent(release -> text.append(KERNEL).append(encode(release, false)).append('\n'));
    stale.forEach(name -> text.append(STALE).append(encode(name, false)).append('\n'));
    for (Fault fault : faults) {
      text.append(FAULT)
          .append(fault.kind())
          .append(' ')
          .append(fault.errnoName().orElse("-"))
          .append(' ')
          .append(encode(fault.path(), false))
          .append('\n');
    }
    return text.toString();
  }

  /**
   * Reads one.
   *
   * @throws BadArchiveException saying what was expected and found
   */
  static Manifest parse(String text) throws BadArchiveException {
    List<String> lines = List.of(text.split("\n", -1));
    if (!lines.getFirst().equals(TITLE)) {
      throw new BadArchiveException(
          "expected %s to begin with '%s', found %s"
              .formatted(NAME, TITLE, Quoted.of(lines.getFirst())));
    }
    Optional<String> kernel = Optional.empty();
    SortedSet<Fault> faults = new TreeSet<>();
    SortedSet<String> stale = new TreeSet<>();
    List<String> notes = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith(KERNEL)) {
        kernel = Optional.of(decode(line.substring(KERNEL.length()), i));
      } else if (line.startsWith(FAULT)) {
        faults.add(fault(line, i));
      } else if (line.startsWith(STALE)) {
        stale.add(path(decode(line.substring(STALE.length()), i), i));
      } else if (line.startsWith(NOTE)) {
        notes.add(line.substring(NOTE.length()));
      } else if (!line.isEmpty()) {
        throw bad(i, "expected 'kernel', 'stale', 'fault' or '#', found " + Quoted.of(line));
      }
      if (faults.size() > MAX_FAULTS) {
        throw bad(i, "expected at most " + MAX_FAULTS + " faults");
      }
    }
    return new Manifest(kernel, faults, stale, notes);
  }

  private static String path(String text, int index) throws BadArchiveException {
    try {
      return ArchivePath.checked(text);
    } catch (BadArchiveException e) {
      throw bad(index, String.valueOf(e.getMessage()));
    }
  }

  private static Fault fault(String line, int index) throws BadArchiveException {
    String[] words = line.split(" ", -1);
    String expected = "expected 'fault KIND ERRNO PATH', found " + Quoted.of(line);
    if (words.length != 4) {
      throw bad(index, expected);
    }
    Optional<Fault.Kind> kind = Fault.Kind.of(words[1]);
    OptionalInt errno = words[2].equals("-") ? OptionalInt.of(0) : Errno.number(words[2]);
    if (kind.isEmpty() || errno.isEmpty()) {
      throw bad(index, expected);
    }
    try {
      return new Fault(kind.get(), decode(words[3], index), errno.getAsInt());
    } catch (IllegalArgumentException e) {
      throw bad(index, String.valueOf(e.getMessage()));
    }
  }

  private static String encode(String text, boolean spaces) {
    return PercentCode.encode(
        text,
        point ->
            point != '%'
                && !Character.isISOControl(point)
                && ((spaces && point == ' ') || !Character.isWhitespace(point)));
  }

  private static String decode(String text, int index) throws BadArchiveException {
    try {
      return PercentCode.decode(text);
    } catch (IllegalArgumentException e) {
      throw bad(index, String.valueOf(e.getMessage()));
    }
  }

  private static BadArchiveException bad(int index, String what) {
    return new BadArchiveException("%s, line %d: %s".formatted(NAME, index + 1, what));
  }
}
