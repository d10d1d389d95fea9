package io.fleetcompat.compatibility.facet;

import io.fleetcompat.compatibility.GeneratedPage;
import io.fleetcompat.compatibility.yaml.Citation;
import java.io.IOException;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the catalogue says what the catalogue says. */
class FactsPageTest {

  private static final AttributeCatalogue CATALOGUE = AttributeCatalogue.builtIn();

  @Test
  void thePageIsMadeFromTheCatalogue() throws IOException {
    new GeneratedPage("docs/facts.md", "facts").check(table(true));
    new GeneratedPage("docs/facts.md", "attributes").check(table(false));
  }

  private static String table(boolean facts) {
    return "| address | what it is | form | kept for | supplied by | how to supply it | source |\n"
        + "|---|---|---|---|---|---|---|\n"
        + Stream.concat(CATALOGUE.all().stream(), CATALOGUE.claims().stream())
            .filter(attribute -> attribute.scope().equals(AttributeCatalogue.FACT) == facts)
            .sorted(Comparator.comparing(CataloguedAttribute::address))
            .map(FactsPageTest::row)
            .collect(Collectors.joining());
  }

  private static String row(CataloguedAttribute attribute) {
    return "| `%s` | %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            attribute.address(),
            GeneratedPage.cell(attribute.title()),
            GeneratedPage.cell(form(attribute)),
            keptFor(attribute),
            attribute.suppliedBy(),
            GeneratedPage.cell(attribute.supply()),
            GeneratedPage.cell(
                attribute.sources().stream()
                    .map(Citation::toString)
                    .collect(Collectors.joining("; "))));
  }

  private static String keptFor(CataloguedAttribute attribute) {
    if (CATALOGUE.claim(attribute.address()).isPresent()) {
      return "none: compared with what the driver shows";
    }
    return attribute.drivers().isEmpty() ? "all" : String.join(", ", attribute.drivers());
  }

  private static String form(CataloguedAttribute attribute) {
    String form =
        switch (attribute.type()) {
          case ONE_OF -> String.join(", ", attribute.values());
          case LIST, FILLED_LIST ->
              attribute.separator().equals("\n")
                  ? "a set, one a line"
                  : "a set, with " + attribute.separator() + " between";
          default -> attribute.type().toString();
        };
    return form
        + attribute.form().map(like -> ", such as " + like.example()).orElse("")
        + attribute.unit().map(unit -> " (" + unit + ")").orElse("");
  }
}
