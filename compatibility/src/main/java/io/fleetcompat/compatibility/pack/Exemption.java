package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.pack.Condition.Holds;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The conditions under which a side needs no value for a rule: any one of them. Immutable.
 *
 * @param alternatives with none, a side always needs it
 */
public record Exemption(List<Condition> alternatives) {

  /** The exemption that no side has. */
  static final Exemption NONE = new Exemption(List.of());

  public Exemption {
    alternatives = List.copyOf(alternatives);
  }

  public boolean isEmpty() {
    return alternatives.isEmpty();
  }

  /** Whether a side has it. */
  Holds holds(Function<String, Parsed<String>> side) {
    Holds any = Holds.NO;
    for (Condition alternative : alternatives) {
      switch (alternative.holds(side)) {
        case YES -> {
          return Holds.YES;
        }
        case UNKNOWN -> any = Holds.UNKNOWN;
        case NO -> {}
      }
    }
    return any;
  }

  /**
   * The missing value that leaves open whether a mismatch is excused; empty where that is certain.
   * It is excused where both sides have the exemption.
   */
  Optional<Finding.Unjudged> leftOpen(
      Function<String, Parsed<String>> source, Function<String, Parsed<String>> destination) {
    Holds atSource = holds(source);
    Holds atDestination = holds(destination);
    if (atSource == Holds.NO || atDestination == Holds.NO) {
      return Optional.empty();
    }
    if (atSource == Holds.UNKNOWN) {
      return missing(source, Side.SOURCE);
    }
    return atDestination == Holds.UNKNOWN
        ? missing(destination, Side.DESTINATION)
        : Optional.empty();
  }

  private Optional<Finding.Unjudged> missing(Function<String, Parsed<String>> side, Side at) {
    return alternatives.stream()
        .filter(alternative -> alternative.holds(side) == Holds.UNKNOWN)
        .flatMap(alternative -> alternative.values().keySet().stream())
        .flatMap(address -> missing(address, side.apply(address), at).stream())
        .findFirst();
  }

  private static Optional<Finding.Unjudged> missing(String address, Parsed<String> value, Side at) {
    String supply =
        AttributeCatalogue.builtIn()
            .find(address)
            .map(CataloguedAttribute::supply)
            .orElse("see docs/facts.md");
    return Unjudgeable.of(value, at)
        .map(
            lack ->
                new Finding.Unjudged(
                    lack.state(),
                    at,
                    address + " is " + lack.detail() + "; to supply it: " + supply));
  }
}
