package io.fleetcompat.cli.tree;

import io.fleetcompat.collector.sysfs.AttributeText;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Fault;
import io.fleetcompat.collector.sysfs.Found;
import io.fleetcompat.collector.sysfs.Recording;
import io.fleetcompat.collector.sysfs.readers.FactLine;
import io.fleetcompat.inventory.Attribute;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of facts as an archive has them. Their names may name a host, and their comments
 * anything, so files are numbered in the order of their names and have empty lines for comments:
 * their order and the numbers of their lines, by which they are spoken of, are the same.
 */
final class ArchivedFacts {

  private static final String SUFFIX = ".facts";

  /**
   * The content of a file of facts that was not read, or has a private word: a byte that is no
   * text, so that whoever reads it, even root, cannot read it either.
   */
  private static final Found NOT_READ = new Found.Content(new byte[] {(byte) 0xff});

  private final Recording recording;
  private final PrivateWords words;
  private final SortedMap<String, String> names;

  ArchivedFacts(Recording recording, PrivateWords words) {
    this.recording = recording;
    this.words = words;
    this.names = names(recording, words);
  }

  /** The name in the archive of each file. */
  private static SortedMap<String, String> names(Recording recording, PrivateWords words) {
    SortedSet<String> files =
        Stream.concat(
                recording.found().keySet().stream(),
                recording.faults().stream().map(ArchivedFacts::unread))
            .filter(ArchivedFacts::isFacts)
            .collect(Collectors.toCollection(TreeSet::new));
    int digits = String.valueOf(files.size()).length();
    SortedMap<String, String> names = new TreeMap<>();
    for (String file : files) {
      String number = String.valueOf(names.size() + 1);
      String neutral = "facts-" + "0".repeat(digits - number.length()) + number + SUFFIX;
      names.put(file, words.lookForNothing() ? file : neutral);
    }
    return names;
  }

  /** A file that cannot be looked at, or in the directory's place one that nobody has listed. */
  private static String unread(Fault fault) {
    return fault.path().isEmpty() ? "unlisted" + SUFFIX : fault.path();
  }

  private static boolean isFacts(String name) {
    return name.endsWith(SUFFIX) && name.indexOf('/') < 0 && !name.startsWith(".");
  }

  /** Those of the files that are too old. */
  SortedSet<String> stale(Collection<String> files) {
    return files.stream()
        .flatMap(file -> Optional.ofNullable(names.get(file)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The files in the archive, by name. */
  SortedMap<String, Found> files() {
    SortedMap<String, Found> found = recording.found();
    SortedMap<String, Found> files = new TreeMap<>();
    names.forEach(
        (file, name) ->
            files.put(
                name,
                recording
                    .real(file)
                    .flatMap(real -> Optional.ofNullable(found.get(real)))
                    .map(this::shown)
                    .orElse(NOT_READ)));
    return files;
  }

  private Found shown(Found file) {
    if (!(file instanceof Found.Content content)) {
      return NOT_READ;
    }
    if (words.lookForNothing()) {
      return content;
    }
    // What the reader does not take must not become what it takes: shorter, or without a comment
    // that has a control character.
    return content.length() <= Bounds.FILE_BYTES
            && AttributeText.of(content.bytes(), Bounds.FILE_BYTES, true)
                instanceof Attribute.Text(String text)
        ? factsAlone(text).orElse(NOT_READ)
        : NOT_READ;
  }

  /** Empty where one of the facts is private. */
  private Optional<Found> factsAlone(String text) {
    List<String> lines = Stream.of(text.split("\n", -1)).map(ArchivedFacts::plain).toList();
    return lines.stream().anyMatch(words::areInFact)
        ? Optional.empty()
        : Optional.of(new Found.Content(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
  }

  /** A line that is no fact, and says what it likes, is another such line: a problem stays one. */
  private static String plain(String line) {
    if (FactLine.isEmpty(line)) {
      return "";
    }
    return line.indexOf('=') < 0 || FactLine.hidesLine(line) ? "?" : line;
  }
}
