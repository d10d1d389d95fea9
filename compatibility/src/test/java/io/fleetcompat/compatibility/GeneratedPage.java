package io.fleetcompat.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page of the repository that is made from data: all between two comments {@code <!--
 * begin NAME -->} and {@code <!-- end NAME -->}. With {@code -Dgolden.regenerate=true} it is
 * written anew; the difference is then to be read.
 *
 * @param file its path from the top of the repository
 */
public record GeneratedPage(String file, String name) {

  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  /** Compares the part with what it should be. */
  public void check(String made) throws IOException {
    Path path = TOP.resolve(file);
    String page = Files.readString(path);
    String begin = "<!-- begin " + name + " -->\n";
    String end = "<!-- end " + name + " -->";
    assertThat(page).as(file).contains(begin).contains(end);
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    if (Boolean.getBoolean("golden.regenerate")) {
      Files.writeString(path, page.substring(0, from) + made + page.substring(to));
      return;
    }
    assertThat(page.substring(from, to))
        .as(
            "%s, made by: mvn -pl compatibility -am test -Dtest=*PageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.regenerate=true",
            file)
        .isEqualTo(made);
  }

  /** Text for a cell of a table. */
  public static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;");
  }
}
