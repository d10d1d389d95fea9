package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.CompatibleDirectory;
import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code migration/self} and {@code migration/compatible}: each is a text file or a directory with
 * a file for each attribute.
 */
final class SelfCompatibleParts {

  private static final String SELF = "migration/self";
  private static final String COMPATIBLE = "migration/compatible";

  /**
   * The order of numbered files: by number, and where two names spell one number ({@code 0}, {@code
   * 00}), by name.
   */
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparing(SelfCompatibleParts::withoutZeros, Comparator.comparing(String::length))
          .thenComparing(SelfCompatibleParts::withoutZeros)
          .thenComparing(Comparator.naturalOrder());

  private SelfCompatibleParts() {}

  static Optional<SelfCompatible> of(Attributes node) {
    Parsed<List<SortedMap<String, String>>> selves =
        part(node, SELF, SelfCompatibleText::parseSelf, SelfCompatibleParts::self);
    Parsed<List<Pattern>> patterns =
        part(node, COMPATIBLE, SelfCompatibleText::parseCompatible, SelfCompatibleParts::patterns);
    if (selves instanceof Parsed.Absent && patterns instanceof Parsed.Absent) {
      return Optional.empty();
    }
    SelfCompatible facet = new SelfCompatible(selves, patterns);
    return Optional.of(facet.problem().map(facet::malformedToo).orElse(facet));
  }

  /** Reads all the files of a directory. */
  @FunctionalInterface
  private interface DirectoryParser<T> {
    T parse(Attributes directory) throws MalformedException;
  }

  private static <T> Parsed<T> part(
      Attributes node, String path, ValueParser<T> file, DirectoryParser<T> directory) {
    Attributes below = node.below(path);
    Attribute attribute = node.get(path);
    boolean isDirectory =
        attribute instanceof Attribute.Directory
            || (attribute instanceof Attribute.Absent && !below.byPath().isEmpty());
    return in(
        path,
        isDirectory ? directory(withoutIgnored(path, below), directory) : file.read(attribute));
  }

  /** The attributes without those in directories of {@code compatible} that mean nothing. */
  private static Attributes withoutIgnored(String path, Attributes below) {
    if (!path.equals(COMPATIBLE) || below.byPath().isEmpty()) {
      return below;
    }
    SortedMap<String, Attribute> kept = new TreeMap<>(below.byPath());
    kept.entrySet().removeIf(entry -> isIgnored(entry.getKey(), entry.getValue()));
    return new Attributes(kept);
  }

  private static boolean isIgnored(String path, Attribute attribute) {
    boolean directory = path.indexOf('/') >= 0 || attribute instanceof Attribute.Directory;
    return directory && !CompatibleDirectory.isAlternative(first(path));
  }

  private static String first(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }

  private static <T> Parsed<T> directory(Attributes below, DirectoryParser<T> parser) {
    for (Map.Entry<String, Attribute> entry : below.byPath().entrySet()) {
      if (entry.getValue() instanceof Attribute.Unreadable(String errno)) {
        return new Parsed.Unreadable<>(errno);
      }
    }
    try {
      return new Parsed.Value<>(parser.parse(below));
    } catch (MalformedException e) {
      return new Parsed.Malformed<>(e.problem());
    }
  }

  /** Says in which part something is malformed. */
  private static <T> Parsed<T> in(String path, Parsed<T> parsed) {
    return parsed instanceof Parsed.Malformed<T>(String problem)
        ? new Parsed.Malformed<>(path + ": " + problem)
        : parsed;
  }

  private static List<SortedMap<String, String>> self(Attributes directory)
      throws MalformedException {
    SelfBuilder self = new SelfBuilder();
    for (Map.Entry<String, Attribute> entry : directory.byPath().entrySet()) {
      String value = text(entry.getKey(), entry.getValue());
      if (value.indexOf('\n') >= 0) {
        throw new MalformedException(
            "expected one line in " + Quoted.of(entry.getKey()) + ", found several");
      }
      self.add(entry.getKey(), value);
    }
    return List.of(self.build());
  }

  /** Numbered directories in order; plain files beside them are one more pattern. */
  private static List<Pattern> patterns(Attributes directory) throws MalformedException {
    SortedMap<String, SortedMap<String, Attribute>> numbered = new TreeMap<>(BY_NUMBER);
    SortedMap<String, Attribute> plain = new TreeMap<>();
    directory.byPath().forEach((path, attribute) -> sort(path, attribute, numbered, plain));
    List<Pattern> patterns = new ArrayList<>();
    for (SortedMap<String, Attribute> files : numbered.values()) {
      patterns.add(pattern(files));
    }
    if (!plain.isEmpty()) {
      patterns.add(pattern(plain));
    }
    PatternCheck.require(patterns.size(), SelfCompatible.MAX_PATTERNS, "patterns");
    return List.copyOf(patterns);
  }

  private static void sort(
      String path,
      Attribute attribute,
      SortedMap<String, SortedMap<String, Attribute>> numbered,
      SortedMap<String, Attribute> plain) {
    int slash = path.indexOf('/');
    if (slash >= 0) {
      files(numbered, first(path)).put(path.substring(slash + 1), attribute);
    } else if (attribute instanceof Attribute.Directory) {
      files(numbered, path);
    } else {
      plain.put(path, attribute);
    }
  }

  private static SortedMap<String, Attribute> files(
      SortedMap<String, SortedMap<String, Attribute>> numbered, String number) {
    return numbered.computeIfAbsent(number, absent -> new TreeMap<>());
  }

  private static Pattern pattern(SortedMap<String, Attribute> files) throws MalformedException {
    PatternBuilder pattern = new PatternBuilder(false);
    for (Map.Entry<String, Attribute> file : files.entrySet()) {
      List<String> lines = lines(text(file.getKey(), file.getValue()));
      pattern.add(file.getKey(), lines);
    }
    return pattern.build();
  }

  /**
   * Each line is an accepted value; blank ones are ignored, but a blank file is one empty value.
   */
  private static List<String> lines(String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? List.of("") : lines;
  }

  private static String text(String path, Attribute attribute) throws MalformedException {
    return switch (attribute) {
      case Attribute.Text(String text) when path.indexOf('/') < 0 -> text;
      case Attribute.Text text ->
          throw new MalformedException("expected no directory, found " + Quoted.of(path));
      case Attribute.Malformed(String problem) ->
          throw new MalformedException(Quoted.of(path) + ": " + problem);
      case Attribute.Directory() ->
          throw new MalformedException(
              "expected a file " + Quoted.of(path) + ", found a directory");
      case Attribute.Unreadable(String errno) -> throw new IllegalStateException(path + errno);
      case Attribute.Absent() -> throw new IllegalStateException(path);
    };
  }

  private static String withoutZeros(String digits) {
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }
}
