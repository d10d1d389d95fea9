package io.fleetcompat.cli.tree;

import io.fleetcompat.collector.sysfs.readers.FactCatalogue;
import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.settings.Nearest;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The facts that the rules of this version know. The catalogue is read when a file has a fact. */
public final class CataloguedFacts implements FactCatalogue {

  @Override
  public SortedSet<String> names() {
    AttributeCatalogue catalogue = AttributeCatalogue.builtIn();
    return Stream.concat(catalogue.all().stream(), catalogue.claims().stream())
        .filter(attribute -> attribute.scope().equals(AttributeCatalogue.FACT))
        .map(CataloguedAttribute::path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public Optional<String> problem(String name, String value) {
    String address = AttributeCatalogue.FACT + "/" + name;
    AttributeCatalogue catalogue = AttributeCatalogue.builtIn();
    return catalogue
        .find(address)
        .or(() -> catalogue.claim(address))
        .map(known -> misfit(known, value))
        .orElseGet(() -> Optional.of(unknown(name)));
  }

  private static Optional<String> misfit(CataloguedAttribute known, String value) {
    return known.normal(new Attribute.Text(value)) instanceof Parsed.Malformed<String>(String why)
        ? Optional.of(known.path() + ": " + why)
        : Optional.empty();
  }

  private String unknown(String name) {
    return "expected a fact that rules know, or site.NAME, found "
        + Quoted.of(name)
        + Nearest.of(name, names()).map(known -> "; did you mean '" + known + "'?").orElse("");
  }
}
