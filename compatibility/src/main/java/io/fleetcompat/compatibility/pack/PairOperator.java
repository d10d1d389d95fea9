package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.inventory.Quoted;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The operators that compare the source's value with the destination's. */
public sealed interface PairOperator extends Operator {

  /** Compares two values that are there. */
  Finding compare(String source, String destination);

  @Override
  default Finding apply(Parsed<String> source, Parsed<String> destination) {
    Optional<Finding.Unjudged> unjudged = Unjudgeable.ofBoth(source, destination);
    return source instanceof Parsed.Value<String>(String first)
            && destination instanceof Parsed.Value<String>(String second)
        ? compare(first, second)
        : unjudged.orElseThrow();
  }

  private static Finding satisfiedIf(boolean satisfied, String yes, String no) {
    return satisfied ? new Finding.Satisfied(yes) : new Finding.Failed(no);
  }

  /** A comparison of parsed values. */
  @FunctionalInterface
  interface Comparison<T> {
    Finding of(T source, T destination);
  }

  /** A parser of one value. */
  @FunctionalInterface
  interface ValueForm<T> {
    T parse(String text) throws UnfitException;
  }

  private static <T> Finding parsed(
      ValueForm<T> form, String source, String destination, Comparison<T> comparison) {
    T first;
    try {
      first = form.parse(source);
    } catch (UnfitException e) {
      return Unjudgeable.malformed(Side.SOURCE, e);
    }
    try {
      return comparison.of(first, form.parse(destination));
    } catch (UnfitException e) {
      return Unjudgeable.malformed(Side.DESTINATION, e);
    }
  }

  /** Both values are equal. */
  record Equal() implements PairOperator {
    @Override
    public String name() {
      return "equal";
    }

    @Override
    public Finding compare(String source, String destination) {
      return satisfiedIf(source.equals(destination), "both are equal", "they differ");
    }
  }

  /** Both hold the same elements, in any order. */
  record SetEqual(String separator) implements PairOperator {
    @Override
    public String name() {
      return "set-equal";
    }

    @Override
    public Finding compare(String source, String destination) {
      List<String> first = Elements.split(source, separator);
      List<String> second = Elements.split(destination, separator);
      String differing =
          Elements.join(
              Elements.missing("the destination lacks ", first, second),
              Elements.missing("the source lacks ", second, first));
      return satisfiedIf(differing.isEmpty(), "both hold the same", differing);
    }
  }

  /** The destination's set holds all of the source's. */
  record Superset(String separator) implements PairOperator {
    @Override
    public String name() {
      return "superset";
    }

    @Override
    public Finding compare(String source, String destination) {
      String lacking =
          Elements.missing(
              "the destination lacks ",
              Elements.split(source, separator),
              Elements.split(destination, separator));
      return satisfiedIf(lacking.isEmpty(), "the destination has all of the source's", lacking);
    }
  }

  /** The destination's mask has every bit of the source's. */
  record BitmaskSuperset() implements PairOperator {

    private static final int MAX_CHARACTERS = 130;

    @Override
    public String name() {
      return "bitmask-superset";
    }

    @Override
    public Finding compare(String source, String destination) {
      return parsed(
          BitmaskSuperset::mask,
          source,
          destination,
          (first, second) -> {
            BigInteger lacking = first.andNot(second);
            return satisfiedIf(
                lacking.signum() == 0,
                "the destination has every bit of the source",
                "the destination lacks the bits 0x" + lacking.toString(16));
          });
    }

    private static BigInteger mask(String text) throws UnfitException {
      boolean fits =
          text.startsWith("0x")
              && text.length() > 2
              && text.length() <= MAX_CHARACTERS
              && text.chars().skip(2).allMatch(c -> c <= 'f' && Character.digit(c, 16) >= 0);
      if (!fits) {
        throw new UnfitException("a mask such as 0x1e", text);
      }
      return new BigInteger(text.substring(2), 16);
    }
  }

  /** The major is the same, and the destination's minor is not below the source's. */
  record Version() implements PairOperator {
    @Override
    public String name() {
      return "version";
    }

    @Override
    public Finding compare(String source, String destination) {
      return parsed(DottedVersion::parse, source, destination, Version::compare);
    }

    private static Finding compare(DottedVersion first, DottedVersion second) {
      if (!first.at(0).equals(second.at(0))) {
        return new Finding.Failed("the majors " + first.at(0) + " and " + second.at(0) + " differ");
      }
      return satisfiedIf(
          second.at(1).compareTo(first.at(1)) >= 0,
          "the major is the same, and the destination's minor is not below the source's",
          "destination minor " + second.at(1) + " is below source minor " + first.at(1));
    }
  }

  /** The destination's version is not older than the source's. */
  record Ordered() implements PairOperator {
    @Override
    public String name() {
      return "ordered";
    }

    @Override
    public Finding compare(String source, String destination) {
      return parsed(
          DottedVersion::parse,
          source,
          destination,
          (first, second) ->
              satisfiedIf(
                  second.compareTo(first) >= 0,
                  "the destination is not older than the source",
                  "the destination is older than the source"));
    }
  }

  /** The source's number is in the destination's range. */
  record InDestinationRange() implements PairOperator {
    @Override
    public String name() {
      return "int-in-range";
    }

    @Override
    public Finding compare(String source, String destination) {
      BigInteger number;
      try {
        number = IntRange.number(source);
      } catch (UnfitException e) {
        return Unjudgeable.malformed(Side.SOURCE, e);
      }
      try {
        return satisfiedIf(
            IntRange.parse(destination).contains(number),
            "the source's number is in the destination's range",
            "the source's number is outside the destination's range");
      } catch (UnfitException e) {
        return Unjudgeable.malformed(Side.DESTINATION, e);
      }
    }
  }

  /** The two values are none of the pairs listed, in either order. */
  record NotPaired(List<List<Glob>> pairs) implements PairOperator {

    public NotPaired {
      pairs = pairs.stream().map(List::copyOf).toList();
    }

    @Override
    public String name() {
      return "not-paired";
    }

    @Override
    public Finding compare(String source, String destination) {
      boolean refused =
          pairs.stream()
              .anyMatch(
                  pair ->
                      (pair.get(0).matches(source) && pair.get(1).matches(destination))
                          || (pair.get(1).matches(source) && pair.get(0).matches(destination)));
      return satisfiedIf(
          !refused,
          "not a pair that is excluded",
          "not between " + Quoted.of(source) + " and " + Quoted.of(destination));
    }
  }

  /** Each element of the source has one at the destination that is at least as much. */
  record DominatedBy(String separator, String fieldSeparator, List<ElementField> fields)
      implements PairOperator {

    public DominatedBy {
      fields = List.copyOf(fields);
    }

    @Override
    public String name() {
      return "dominated-by";
    }

    @Override
    public Finding compare(String source, String destination) {
      return parsed(
          text -> Element.parse(text, this),
          source,
          destination,
          (first, second) -> {
            List<String> lacking =
                first.stream()
                    .filter(e -> second.stream().noneMatch(o -> o.dominates(e, fields)))
                    .map(Element::spelling)
                    .toList();
            return satisfiedIf(
                lacking.isEmpty(),
                "each of the source's has one at the destination that is at least as much",
                "the destination has none that is at least as much as " + Elements.shown(lacking));
          });
    }
  }
}
