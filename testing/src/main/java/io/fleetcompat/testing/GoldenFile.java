package io.fleetcompat.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A text that a test makes and that must stay as it is, byte for byte, in a file beside the test.
 * With {@code -Dgolden.regenerate=true} the file is written anew; the difference is then to be
 * read.
 *
 * @param test whose package the file is in
 * @param name of the file
 */
public record GoldenFile(Class<?> test, String name) {

  private static final String REGENERATE = "golden.regenerate";
  private static final String NOTHING = "(nothing)";

  /**
   * Compares the text with the file.
   *
   * @throws AssertionError that shows the first line which differs, and says how to write the file
   */
  public void check(String found) throws IOException {
    if (Boolean.getBoolean(REGENERATE)) {
      Path resources = Path.of("src/test/resources", test.getPackageName().replace('.', '/'));
      Files.createDirectories(resources);
      Files.writeString(resources.resolve(name), found);
      return;
    }
    String expected = read();
    if (!found.equals(expected)) {
      throw new AssertionError(difference(expected.split("\n", -1), found.split("\n", -1)));
    }
  }

  private String read() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(test.getResourceAsStream(name), "no golden file " + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String difference(String[] expected, String[] found) {
    int at = 0;
    while (at < expected.length && at < found.length && expected[at].equals(found[at])) {
      at++;
    }
    return String.join(
        "\n",
        List.of(
            "line %d of %s is not as before".formatted(at + 1, name),
            "expected: " + (at < expected.length ? expected[at] : NOTHING),
            "found:    " + (at < found.length ? found[at] : NOTHING),
            "If it was changed on purpose, in the top folder: mvn -pl MODULE -am test -Dtest=%s"
                    .formatted(test.getSimpleName())
                + " -Dsurefire.failIfNoSpecifiedTests=false -D%s=true, and read the difference"
                    .formatted(REGENERATE)));
  }
}
