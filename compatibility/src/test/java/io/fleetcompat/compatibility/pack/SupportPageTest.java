package io.fleetcompat.compatibility.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.GeneratedPage;
import io.fleetcompat.compatibility.yaml.Citation;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of what is supported says what the built-in packs say. */
class SupportPageTest {

  private static final int MAX_SOURCES = 4;

  @Test
  void theTableIsMadeFromThePacks() throws IOException {
    new GeneratedPage("README.md", "support").check(table());
  }

  @Test
  void everyRuleAndStatementHasASource() {
    for (RulePack pack : RulePacks.builtIn().all()) {
      assertThat(pack.sources().isEmpty()).as(pack.id()).isEqualTo(pack.noRules().isPresent());
    }
  }

  private static String table() {
    return "| devices | driver | kernel | what can be decided | found early | found late |"
        + " documents |\n"
        + "|---|---|---|---|---|---|---|\n"
        + RulePacks.builtIn().all().stream()
            .sorted(Comparator.comparing(SupportPageTest::rank).thenComparing(RulePack::id))
            .map(SupportPageTest::row)
            .collect(Collectors.joining());
  }

  private static int rank(RulePack pack) {
    return pack.noRules().isPresent() ? 2 : pack.notMigratable().isPresent() ? 1 : 0;
  }

  private static String row(RulePack pack) {
    return "| %s | %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            GeneratedPage.cell(pack.title()),
            drivers(pack),
            GeneratedPage.cell(pack.kernel().orElse("-")),
            decided(pack),
            rules(pack, FailureTime.EARLY),
            rules(pack, FailureTime.LATE),
            documents(pack));
  }

  private static String drivers(RulePack pack) {
    List<Glob> drivers = pack.match().drivers();
    return drivers.isEmpty() ? "any" : "`" + drivers.getFirst() + "`";
  }

  private static String decided(RulePack pack) {
    if (pack.noRules().isPresent()) {
      return "nothing: *unknown*";
    }
    if (pack.notMigratable().isPresent()) {
      return pack.rules().isEmpty() ? "*no*, always" : "*no*, unless a fact says otherwise";
    }
    SortedSet<String> scripts = new TreeSet<>();
    pack.rules().stream()
        .filter(rule -> rule.effect() == RuleEffect.REASON)
        .filter(rule -> rule.missing() == MissingValue.UNKNOWN)
        .filter(rule -> rule.satisfiedWhere().isEmpty())
        .filter(rule -> rule.address().startsWith("fact/"))
        .forEach(rule -> scripts.add("`" + rule.address().substring(5) + "`"));
    return "*yes* or *no*" + (scripts.isEmpty() ? "" : ", with " + String.join(", ", scripts));
  }

  private static String rules(RulePack pack, FailureTime time) {
    String ids =
        Stream.concat(pack.identity().stream(), pack.rules().stream())
            .filter(rule -> rule.effect() == RuleEffect.REASON && rule.failure().time() == time)
            .map(rule -> rule.id() + (rule.failure().inferred() ? " (inferred)" : ""))
            .collect(Collectors.joining(", "));
    return ids.isEmpty() ? "-" : ids;
  }

  private static String documents(RulePack pack) {
    List<String> places = pack.sources().stream().map(SupportPageTest::place).distinct().toList();
    String shown = String.join("; ", places.subList(0, Math.min(places.size(), MAX_SOURCES)));
    int more = places.size() - MAX_SOURCES;
    return places.isEmpty()
        ? "-"
        : GeneratedPage.cell(shown) + (more > 0 ? " and " + more + " more" : "");
  }

  private static String place(Citation citation) {
    return citation.document().orElseGet(() -> citation.file().orElseThrow());
  }
}
