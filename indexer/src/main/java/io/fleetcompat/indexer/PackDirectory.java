package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.YamlProblem;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.settings.PropertiesFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A directory of an operator's rule packs, {@code *.yaml} (docs/rules.md 3.5), laid over the
 * built-in ones by id, and of options of packs. Looking at it is apart from understanding what is
 * there: only what two looks saw alike is believed, since somebody may be writing.
 */
public final class PackDirectory {

  /** The file with options, PACK.OPTION=VALUE; it need not be there. */
  static final String OPTIONS = "options.properties";

  private static final String END = ".yaml";

  /** Between two looks at the start, and most of them. */
  private static final long PAUSE_NANOS = 100_000_000;

  private static final int MAX_LOOKS = 50;

  private PackDirectory() {}

  /** All that one look found. */
  sealed interface Look {}

  /**
   * The texts of the files.
   *
   * @param packs by file name
   * @param options the file of options; empty where there is none
   */
  record Texts(SortedMap<String, String> packs, Optional<String> options) implements Look {

    /** No directory. */
    static final Texts NONE = new Texts(new TreeMap<>(), Optional.empty());

    Texts {
      packs = Collections.unmodifiableSortedMap(new TreeMap<>(packs));
    }
  }

  /** A directory, or a file of it, that cannot be read. */
  record Unreadable(String problem) implements Look {}

  /** A look that failed. */
  private static final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableException(String problem) {
      super(problem);
    }
  }

  /**
   * The packs in force.
   *
   * @param directory empty for the built-in ones alone
   * @param options by {@code PACK.OPTION}; they count before those of the directory
   * @throws IllegalArgumentException for a pack or an option that is refused, with file, line, what
   *     was expected and found; and for a directory that cannot be read, or does not come to rest
   */
  public static RulePacks read(Optional<Path> directory, SortedMap<String, String> options) {
    return parse(directory.map(PackDirectory::steady).orElse(Texts.NONE), options);
  }

  private static Texts steady(Path directory) {
    Look before = look(directory);
    for (int n = 0; n < MAX_LOOKS; n++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      Look now = look(directory);
      if (now.equals(before)) {
        return switch (now) {
          case Texts texts -> texts;
          case Unreadable(String problem) -> throw new IllegalArgumentException(problem);
        };
      }
      before = now;
    }
    throw new IllegalArgumentException(
        directory + ": expected rule packs that nobody is writing, found other ones at every look");
  }

  /**
   * The packs that the texts make.
   *
   * @throws IllegalArgumentException for what is refused
   */
  static RulePacks parse(Texts texts, SortedMap<String, String> options) {
    SortedMap<String, String> chosen =
        texts
            .options()
            .map(text -> PropertiesFile.parse(text, Path.of(OPTIONS)).texts())
            .orElseGet(TreeMap::new);
    chosen.putAll(options);
    if (chosen.size() > Limits.PACKS) {
      throw new IllegalArgumentException(
          "expected at most %d options of rule packs, found %d"
              .formatted(Limits.PACKS, chosen.size()));
    }
    try {
      return RulePacks.builtIn().with(texts.packs(), chosen);
    } catch (BadYamlException e) {
      throw new IllegalArgumentException(problem(e, texts, options), e);
    }
  }

  /** The refusal; where it is of an option that the directory has, with its line. */
  private static String problem(
      BadYamlException refused, Texts texts, SortedMap<String, String> options) {
    List<YamlProblem> placed =
        refused.problems().stream().map(problem -> placed(problem, texts, options)).toList();
    return new BadYamlException(placed).problem();
  }

  private static YamlProblem placed(
      YamlProblem refused, Texts texts, SortedMap<String, String> options) {
    String name = optionOf(refused);
    return refused.line() > 0 || texts.options().isEmpty() || options.containsKey(name)
        ? refused
        : placed(refused, OPTIONS, texts.options().get());
  }

  private static String optionOf(YamlProblem refused) {
    return refused.file().replace(IndexerSettings.RULE_OPTIONS.prefix(), "");
  }

  /** The refusal of an option, with its line in the file of options. */
  private static YamlProblem placed(YamlProblem refused, String file, String text) {
    String name = optionOf(refused);
    List<String> lines = text.lines().map(String::strip).toList();
    int line = 0;
    while (line < lines.size() - 1 && !sets(lines.get(line), name)) {
      line++;
    }
    return new YamlProblem(file, line + 1, refused.expected(), refused.found());
  }

  private static boolean sets(String line, String name) {
    return line.startsWith(name)
        && (line.length() == name.length() || " \t=:".indexOf(line.charAt(name.length())) >= 0);
  }

  /**
   * Everything that is refused in the file of options of a directory; empty where it has none.
   *
   * @param packs those in force with the directory's, as far as they are sound
   * @param areComplete false where a pack of the directory is not
   */
  public static List<YamlProblem> refusedOptions(
      Path directory, RulePacks packs, boolean areComplete) {
    Path file = directory.resolve(OPTIONS);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = text(file);
      SortedMap<String, String> options = PropertiesFile.parse(text, file).texts();
      return packs.refusedOptions(options, areComplete).stream()
          .map(refused -> placed(refused, file.toString(), text))
          .toList();
    } catch (UnreadableException | IllegalArgumentException e) {
      String found = "none that can be taken: " + e.getMessage();
      return List.of(new YamlProblem(file.toString(), 1, "options, PACK.OPTION=VALUE", found));
    }
  }

  static Look look(Path directory) {
    try {
      return texts(directory);
    } catch (UnreadableException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static Texts texts(Path directory) throws UnreadableException {
    SortedMap<String, String> packs = new TreeMap<>();
    long characters = 0;
    for (Path file : list(directory)) {
      String text = text(file);
      characters += text.length();
      packs.put(String.valueOf(file.getFileName()), text);
      if (packs.size() > Limits.PACKS || characters > Limits.PACK_CHARACTERS) {
        throw new UnreadableException(
            "%s: expected at most %d rule packs of together at most %d characters, found more"
                .formatted(directory, Limits.PACKS, Limits.PACK_CHARACTERS));
      }
    }
    Path options = directory.resolve(OPTIONS);
    return new Texts(packs, Files.exists(options) ? Optional.of(text(options)) : Optional.empty());
  }

  private static List<Path> list(Path directory) throws UnreadableException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(
              file -> {
                String name = String.valueOf(file.getFileName());
                return name.endsWith(END) && !name.startsWith(".");
              })
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UnreadableException(
          "expected a directory of rule packs, found none that can be read: " + e.getMessage());
    }
  }

  private static String text(Path file) throws UnreadableException {
    int most = Limits.PACK_CHARACTERS * 4;
    if (!Files.isRegularFile(file)) { // reading a pipe would wait for ever
      throw new UnreadableException(file + ": expected a file, found none, or something else");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new UnreadableException(
            "%s: expected at most %d characters, found more"
                .formatted(file, Limits.PACK_CHARACTERS));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableException(file + ": expected UTF-8, found bytes that are none");
    } catch (IOException e) {
      throw new UnreadableException(file + ": expected a file that can be read: " + e.getMessage());
    }
  }
}
