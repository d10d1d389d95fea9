package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.pack.Condition.Holds;
import java.util.List;
import java.util.function.Function;

/**
 * The conditions under which a side needs no value for a rule, or is none that a statement is
 * about: any one of them. Immutable.
 *
 * @param alternatives with none, no side is exempted
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

  /** The answer to whether a side has it; where that is open, the value whose lack is worst. */
  Exempted at(Function<String, Parsed<String>> side) {
    Exempted any = Exempted.NO;
    for (Condition alternative : alternatives) {
      Holds holds = alternative.holds(side);
      if (holds == Holds.YES) {
        return Exempted.YES;
      }
      if (holds == Holds.UNKNOWN) {
        any = Exempted.worse(any, missing(alternative, side));
      }
    }
    return any;
  }

  private static Exempted missing(Condition open, Function<String, Parsed<String>> side) {
    Exempted any = Exempted.NO;
    for (String address : open.values().keySet()) {
      Parsed<String> value = side.apply(address);
      if (!(value instanceof Parsed.Value)) {
        any = Exempted.worse(any, new Exempted.Open(address, value));
      }
    }
    return any;
  }
}
