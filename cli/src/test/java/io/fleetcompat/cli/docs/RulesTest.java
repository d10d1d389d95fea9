package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.FixedRule;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the rules and the code name the same rules, facets and sections. */
class RulesTest {

  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z-]+)` \\| (?:`([a-z-]+)`|-) \\| \\[(.+)]\\(#(.+)\\) \\| .+ \\|");

  private final String page = Repository.read("docs/rules.md");

  private record Row(String rule, String facet, String section) {}

  @Test
  void everyRuleIsDocumentedAndEveryDocumentedRuleExists() {
    List<Row> rows =
        Stream.of(FixedRule.values())
            .map(
                rule ->
                    new Row(
                        rule.toString(),
                        rule.facet().map(FacetId::toString).orElse(""),
                        rule.section()))
            .toList();
    assertThat(documented()).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void everySectionThatAnOriginLinksToIsThere() {
    for (FixedRule rule : FixedRule.values()) {
      assertThat(page).contains("<a id=\"" + rule.section() + "\"></a>");
    }
    for (FacetId facet : FacetId.values()) {
      assertThat(page).contains("<a id=\"" + facet.section() + "\"></a>");
    }
  }

  /** The rows of the table of rule ids, whose link goes to the section that it shows. */
  private List<Row> documented() {
    String table = page.substring(page.indexOf("\n## Rule ids\n"));
    return ROW.matcher(table)
        .results()
        .filter(row -> row.group(3).equals(row.group(4)))
        .map(row -> new Row(row.group(1), row.group(2) == null ? "" : row.group(2), row.group(3)))
        .toList();
  }
}
