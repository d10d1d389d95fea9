package io.fleetcompat.testing.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The inputs of one target that are kept: those that found something, and those that reach code
 * which others do not. A file of text, {@code src/test/fuzz/NAME.inputs}: an input a line, with
 * escapes; empty lines and those that begin with {@code #} are none.
 */
final class Corpus {

  private static final String SUFFIX = ".inputs";

  /** Most bytes of such a file. */
  private static final int MOST_BYTES = 64 << 10;

  static final Path DIRECTORY = Path.of("src/test/fuzz");

  private Corpus() {}

  static List<byte[]> of(String target) throws IOException {
    Path file = DIRECTORY.resolve(target + SUFFIX);
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("expected at most " + MOST_BYTES + " bytes in " + file);
    }
    List<byte[]> inputs = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        inputs.add(InputText.decode(line));
      }
    }
    return inputs;
  }

  /** The names of all targets that have one. */
  static Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      Set<String> names = new TreeSet<>();
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(SUFFIX)) {
          names.add(name.substring(0, name.length() - SUFFIX.length()));
        }
      }
      return names;
    }
  }
}
