package io.fleetcompat.indexer;

import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.schemas.Limits;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory of an operator's rule packs, {@code *.yaml} (docs/rules.md 3.5): they are laid over
 * the built-in ones by id.
 */
public final class PackDirectory {

  private static final String END = ".yaml";

  private PackDirectory() {}

  /**
   * The packs in force.
   *
   * @param directory empty for the built-in ones alone
   * @param options by {@code PACK.OPTION}
   * @throws IllegalArgumentException for a pack or an option that is refused, with file, line, what
   *     was expected and found; and for a directory that cannot be read
   */
  public static RulePacks read(Optional<Path> directory, SortedMap<String, String> options) {
    SortedMap<String, String> files = directory.map(PackDirectory::files).orElseGet(TreeMap::new);
    try {
      return RulePacks.builtIn().with(files, options);
    } catch (BadYamlException e) {
      throw new IllegalArgumentException(e.problem(), e);
    }
  }

  private static SortedMap<String, String> files(Path directory) {
    SortedMap<String, String> files = new TreeMap<>();
    long characters = 0;
    for (Path file : list(directory)) {
      String text = text(file);
      characters += text.length();
      files.put(String.valueOf(file.getFileName()), text);
      if (files.size() > Limits.PACKS || characters > Limits.PACK_CHARACTERS) {
        throw new IllegalArgumentException(
            "%s: expected at most %d rule packs of together at most %d characters, found more"
                .formatted(directory, Limits.PACKS, Limits.PACK_CHARACTERS));
      }
    }
    return files;
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(
              file -> {
                String name = String.valueOf(file.getFileName());
                return name.endsWith(END) && !name.startsWith(".");
              })
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "expected a directory of rule packs, found none that can be read: " + e.getMessage(), e);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > (long) Limits.PACK_CHARACTERS * 4) {
        throw new IllegalArgumentException(
            "%s: expected at most %d characters, found more"
                .formatted(file, Limits.PACK_CHARACTERS));
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + ": expected UTF-8, found bytes that are none", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          file + ": expected a file that can be read: " + e.getMessage(), e);
    }
  }
}
