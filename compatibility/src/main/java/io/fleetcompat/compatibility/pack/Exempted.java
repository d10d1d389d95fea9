package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.inventory.Quoted;

/** The answers to whether one side has an {@link Exemption}. */
public sealed interface Exempted {

  Exempted YES = new Yes();
  Exempted NO = new No();

  /** It has. */
  record Yes() implements Exempted {}

  /** It has not. */
  record No() implements Exempted {}

  /**
   * Nobody can tell: a value is missing that decides it, or is one that the rule does not know.
   *
   * @param value why there is none; or the one that is not known
   */
  record Open(String address, Parsed<String> value) implements Exempted {

    /** A value that the rule does not know counts as none. */
    Parsed.State state() {
      return value instanceof Parsed.Value ? Parsed.State.ABSENT : Unjudgeable.state(value);
    }

    Shortfall.Missing lack(Side at) {
      if (value instanceof Parsed.Value<String>(String text)) {
        String words =
            address
                + " is "
                + Quoted.of(text)
                + " "
                + at.place()
                + ", which the rule does not know";
        return new Shortfall.Missing(state(), at, words);
      }
      String supply =
          AttributeCatalogue.builtIn()
              .find(address)
              .map(CataloguedAttribute::supply)
              .orElse("see docs/facts.md");
      return new Shortfall.Missing(
          state(),
          at,
          address + " is " + Unjudgeable.words(value, at) + "; to supply it: " + supply);
    }
  }

  /** Of two that are open, the one for want of a worse value; else the first. */
  static Exempted worse(Exempted one, Exempted other) {
    return one instanceof Open first
            && other instanceof Open second
            && Unjudgeable.WORST_FIRST.compare(first.state(), second.state()) <= 0
        ? one
        : other;
  }
}
