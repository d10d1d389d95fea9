package io.fleetcompat.compatibility.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.GeneratedPage;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.yaml.Citation;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of what is supported says what the built-in packs say. */
class SupportPageTest {

  private static final int MAX_SOURCES = 4;

  /** The first kernel with VFIO's debugfs, as a number: major * 100 + minor. */
  private static final int DEBUGFS = 608;

  private static final Pattern FIRST_KERNEL = Pattern.compile("(\\d+)\\.(\\d+) or newer");

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

  @Test
  void everyNumberOfAKernelHasASource() {
    for (RulePack pack : RulePacks.builtIn().all()) {
      assertThat(pack.kernelSources().isEmpty()).as(pack.id()).isEqualTo(noNumber(pack));
    }
  }

  private static boolean noNumber(RulePack pack) {
    return pack.kernel().orElse("").chars().noneMatch(Character::isDigit);
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
            GeneratedPage.cell(kernel(pack)) + kernelSources(pack),
            decided(pack),
            rules(pack, FailureTime.EARLY),
            rules(pack, FailureTime.LATE),
            documents(pack));
  }

  /** The kernels that have the driver; those that show what a yes needs, where they are newer. */
  private static String kernel(RulePack pack) {
    String driver = pack.kernel().orElse("-");
    boolean needsDebugfs =
        needs(pack).anyMatch(rule -> rule.addresses().contains(VendorFacts.VFIO_MIGRATION));
    Matcher first = FIRST_KERNEL.matcher(driver);
    return needsDebugfs
            && first.lookingAt()
            && Integer.parseInt(first.group(1)) * 100 + Integer.parseInt(first.group(2)) < DEBUGFS
        ? driver + "; `vfio/migration`: 6.8 or newer"
        : driver;
  }

  private static String kernelSources(RulePack pack) {
    String sources =
        pack.kernelSources().stream()
            .map(source -> source.url().map(url -> link(source, url)).orElseGet(source::toString))
            .collect(Collectors.joining("; "));
    return sources.isEmpty() ? "" : " (" + sources + ")";
  }

  private static String link(Citation source, String url) {
    return "[" + GeneratedPage.cell(source.document().orElseThrow()) + "](" + url + ")";
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
    String needs = needs(pack).map(SupportPageTest::need).collect(Collectors.joining(", "));
    return "*yes* or *no*" + (needs.isEmpty() ? "" : "; a *yes* needs " + needs);
  }

  /** The rules without whose value there is no yes, and whose value does not come by itself. */
  private static Stream<PackRule> needs(RulePack pack) {
    return pack.rules().stream()
        .filter(rule -> rule.effect() == RuleEffect.REASON)
        .filter(rule -> rule.missing() == MissingValue.UNKNOWN)
        .filter(rule -> rule.exemption().isEmpty())
        .filter(rule -> rule.addresses().stream().noneMatch(SupportPageTest::isReadByAnybody));
  }

  /** True for what sysfs shows without privilege, and without anybody's doing. */
  private static boolean isReadByAnybody(String address) {
    return !address.startsWith("fact/") && !address.startsWith("vfio/");
  }

  private static String need(PackRule rule) {
    return rule.addresses().stream()
        .map(address -> "`" + address + "`")
        .collect(Collectors.joining(" or "));
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
