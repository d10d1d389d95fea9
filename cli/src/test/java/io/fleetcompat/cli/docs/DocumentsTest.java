package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The references from file to file: each leads to something that is there. */
class DocumentsTest {

  private static final Map<Path, String> FILES = Repository.texts();

  /** Documents that the repository does not have, so nobody who reads it could look them up. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "specific" + "ation|seed" + " mail|seed" + "-[0-9]", Pattern.CASE_INSENSITIVE);

  /** The target of a link in Markdown. */
  private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");

  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```");

  /** A section of the rules, as code and documents cite it. */
  private static final Pattern RULES =
      Pattern.compile("rules\\.md(?:#([a-z0-9][a-z0-9-]*(?:\\.[0-9]+)?)| ([0-9](?:\\.[0-9])?))");

  /** A line break within a comment. */
  private static final Pattern NEXT_LINE = Pattern.compile("\\s*\\n\\s*(?:\\*|//|#)?\\s*");

  @Test
  void nothingRefersToADocumentThatIsNotHere() {
    List<String> found = new ArrayList<>();
    FILES.forEach(
        (file, text) ->
            ELSEWHERE
                .matcher(unwrapped(text))
                .results()
                .map(match -> file + ": " + around(unwrapped(text), match))
                .forEach(found::add));
    assertThat(found).isEmpty();
  }

  @Test
  void everyRelativeLinkLeadsSomewhere() {
    List<String> broken = new ArrayList<>();
    FILES.forEach(
        (file, text) -> {
          if (file.toString().endsWith(".md")) {
            LINK.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .filter(target -> !leadsSomewhere(file, target))
                .map(target -> file + ": " + target)
                .forEach(broken::add);
          }
        });
    assertThat(broken).isEmpty();
  }

  @Test
  void everyCitedSectionOfTheRulesIsThere() {
    Set<String> anchors = anchors(Path.of("docs/rules.md"));
    List<String> broken = new ArrayList<>();
    Map<String, Integer> cited = new TreeMap<>();
    FILES.forEach(
        (file, text) ->
            RULES
                .matcher(unwrapped(text))
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .forEach(
                    section -> {
                      cited.merge(section, 1, Integer::sum);
                      if (!anchors.contains(section)) {
                        broken.add(file + ": docs/rules.md#" + section);
                      }
                    }));
    assertThat(broken).isEmpty();
    assertThat(cited).as("sections that somebody cites").hasSizeGreaterThan(5);
  }

  private static boolean leadsSomewhere(Path from, String target) {
    String[] parts = target.split("#", 2);
    Path parent = from.resolveSibling("");
    Path to = parts[0].isEmpty() ? from : parent.resolve(parts[0]).normalize();
    if (!Files.exists(Repository.TOP.resolve(to))) {
      return false;
    }
    return parts.length == 1 || anchors(to).contains(parts[1]);
  }

  /** The targets of links in a document: headings, as GitHub names them, and explicit anchors. */
  private static Set<String> anchors(Path document) {
    String text = FENCED.matcher(Repository.read(document.toString())).replaceAll("");
    Set<String> anchors = new HashSet<>();
    ANCHOR.matcher(text).results().map(match -> match.group(1)).forEach(anchors::add);
    HEADING.matcher(text).results().map(match -> named(match.group(1))).forEach(anchors::add);
    return anchors;
  }

  private static String named(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .strip()
        .replace(' ', '-');
  }

  private static String unwrapped(String text) {
    return NEXT_LINE.matcher(text).replaceAll(" ");
  }

  private static String around(String text, MatchResult match) {
    return text.substring(
        Math.max(0, match.start() - 30), Math.min(text.length(), match.end() + 30));
  }
}
