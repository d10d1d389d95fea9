package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The terms of docs/glossary.md. */
class GlossaryTest {

  /** The words of our own that classes are named by; everybody would look these up. */
  private static final Set<String> WORDS =
      Set.of(
          "backlog",
          "candidate",
          "capacity",
          "cause",
          "census",
          "endpoint",
          "facet",
          "facts",
          "fault",
          "fingerprint",
          "image",
          "inventory",
          "kept",
          "last seen",
          "liveness",
          "matrix",
          "membership",
          "obligation",
          "policy",
          "pool",
          "problem",
          "profile",
          "quiet",
          "ranking",
          "reason",
          "rejected",
          "replica",
          "rule set",
          "sighting",
          "snapshot",
          "tally",
          "verdict",
          "view",
          "watchdog");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\|");

  private static final List<String> TERMS =
      ROW.matcher(Repository.read("docs/glossary.md"))
          .results()
          .map(row -> row.group(1))
          .flatMap(terms -> Stream.of(terms.split(", ", -1)))
          .toList();

  @Test
  void everyTermHasOneMeaning() {
    assertThat(TERMS).doesNotHaveDuplicates().hasSizeGreaterThan(WORDS.size());
  }

  @Test
  void theWordsThatClassesAreNamedByAreExplained() {
    assertThat(TERMS).containsAll(WORDS);
  }

  @Test
  void noWordIsListedThatNoClassIsNamedBy() {
    String classes =
        Repository.texts().keySet().stream()
            .map(Path::toString)
            .filter(file -> file.endsWith(".java") && file.contains("/main/"))
            .map(file -> Path.of(file).getFileName().toString().toLowerCase(Locale.ROOT))
            .reduce("", (all, name) -> all + "\n" + name);
    assertThat(classes)
        .contains(WORDS.stream().map(word -> word.replace(" ", "").replaceAll("y$", "")).toList());
  }
}
