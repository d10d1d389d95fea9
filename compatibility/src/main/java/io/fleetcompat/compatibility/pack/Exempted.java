package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.Parsed;

/** The answers to whether one side has an {@link Exemption}. */
public sealed interface Exempted {

  Exempted YES = new Yes();
  Exempted NO = new No();

  /** It has. */
  record Yes() implements Exempted {}

  /** It has not. */
  record No() implements Exempted {}

  /**
   * A value is missing that decides it.
   *
   * @param value why there is none
   */
  record Open(String address, Parsed<String> value) implements Exempted {

    Parsed.State state() {
      return Unjudgeable.state(value);
    }

    Shortfall.Missing lack(Side at) {
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
}
