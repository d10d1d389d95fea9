package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.pack.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value that a rule of a pack needs and that one side does not have.
 *
 * @param side of the pair: one of the two
 * @param address as the pack has it, such as {@code fact/nvidia.ecc_mode}
 * @param value why there is none: never a {@link Parsed.Value}
 * @param supply how it is supplied, to follow a colon
 */
public record Lack(Side side, String address, Parsed<String> value, String supply) {

  public Lack {
    if (value instanceof Parsed.Value) {
      throw new IllegalArgumentException("expected no value of " + address + ", found " + value);
    }
  }

  /** The lack of a value that is supplied as the catalogue says. */
  static Lack of(Side side, String address, Parsed<String> value) {
    String supply =
        AttributeCatalogue.builtIn()
            .find(address)
            .map(CataloguedAttribute::supply)
            .orElse("see docs/facts.md");
    return new Lack(side, address, value, supply);
  }

  /**
   * A sentence for each, which begins with the side; one for both sides where they lack the same.
   *
   * @param source the source's host; empty where it is not known
   * @param destination likewise
   */
  static String words(List<Lack> lacks, Optional<String> source, Optional<String> destination) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < lacks.size(); i++) {
      Lack lack = lacks.get(i);
      String named = lack.named(source, destination);
      if (i + 1 < lacks.size() && lack.isAbsentAtBoth(lacks.get(i + 1))) {
        i++;
        String other = lacks.get(i).named(source, destination);
        sentences.add(named + " and " + other + " lack " + lack.address + ": " + lack.supply);
      } else {
        sentences.add(lack.words(named));
      }
    }
    return String.join("; ", sentences);
  }

  private String named(Optional<String> source, Optional<String> destination) {
    Optional<String> host = side == Side.SOURCE ? source : destination;
    return "the " + side + host.map(name -> " (" + name + ")").orElse("");
  }

  private boolean isAbsentAtBoth(Lack other) {
    return value instanceof Parsed.Absent
        && side != other.side
        && equals(new Lack(side, other.address, other.value, other.supply));
  }

  private String words(String named) {
    return switch (value) {
      case Parsed.Absent<String> _ -> named + " lacks " + address + ": " + supply;
      case Parsed.Malformed<String>(String problem) ->
          named
              + " has a malformed "
              + address
              + ": "
              + problem
              + " (to supply it: "
              + supply
              + ")";
      case Parsed.Unreadable<String>(String errno) ->
          named + " has an unreadable " + address + " (" + errno + "): " + supply;
      case Parsed.Value<String> found ->
          throw new IllegalStateException("expected no value, found " + found);
    };
  }
}
