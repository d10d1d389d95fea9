package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.SharedText;
import io.fleetcompat.inventory.Quoted;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;

/** The operators that compare the source's value with the destination's. */
public sealed interface PairOperator extends Operator permits PairComparison {

  /** Both values are equal. */
  record Equal() implements PairComparison<String> {
    @Override
    public String name() {
      return "equal";
    }

    @Override
    public String read(String text, Side at) {
      return SharedText.of(text);
    }

    @Override
    public boolean admits(String source, String destination) {
      return SharedText.areEqual(source, destination);
    }

    @Override
    public String difference(String source, String destination) {
      return "they differ";
    }
  }

  /** Both hold the same elements, in any order. */
  record SetEqual(String separator) implements PairComparison<List<String>> {
    @Override
    public String name() {
      return "set-equal";
    }

    @Override
    public List<String> read(String text, Side at) {
      return Elements.split(text, separator);
    }

    @Override
    public boolean admits(List<String> source, List<String> destination) {
      return source.equals(destination);
    }

    @Override
    public String difference(List<String> source, List<String> destination) {
      return Elements.join(
          Elements.missing("the destination lacks ", source, destination),
          Elements.missing("the source lacks ", destination, source));
    }
  }

  /** The destination's set holds all of the source's. */
  record Superset(String separator) implements PairComparison<List<String>> {
    @Override
    public String name() {
      return "superset";
    }

    @Override
    public List<String> read(String text, Side at) {
      return Elements.split(text, separator);
    }

    @Override
    public boolean admits(List<String> source, List<String> destination) {
      for (int i = 0; i < source.size(); i++) {
        if (Collections.binarySearch(destination, source.get(i)) < 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String difference(List<String> source, List<String> destination) {
      return Elements.missing("the destination lacks ", source, destination);
    }
  }

  /** The destination's mask has every bit of the source's. */
  record BitmaskSuperset() implements PairComparison<Bitmask> {
    @Override
    public String name() {
      return "bitmask-superset";
    }

    @Override
    public Bitmask read(String text, Side at) throws UnfitException {
      return Bitmask.parse(text);
    }

    @Override
    public boolean admits(Bitmask source, Bitmask destination) {
      return destination.hasAll(source);
    }

    @Override
    public String difference(Bitmask source, Bitmask destination) {
      return "the destination lacks the bits " + source.without(destination);
    }
  }

  /** The major is the same, and the destination's minor is not below the source's. */
  record Version() implements PairComparison<DottedVersion> {
    @Override
    public String name() {
      return "version";
    }

    @Override
    public DottedVersion read(String text, Side at) throws UnfitException {
      return DottedVersion.parse(text);
    }

    @Override
    public boolean admits(DottedVersion source, DottedVersion destination) {
      return source.at(0).equals(destination.at(0))
          && destination.at(1).compareTo(source.at(1)) >= 0;
    }

    @Override
    public String difference(DottedVersion source, DottedVersion destination) {
      BigInteger major = destination.at(0);
      return source.at(0).equals(major)
          ? "destination minor " + destination.at(1) + " is below source minor " + source.at(1)
          : "the majors " + source.at(0) + " and " + major + " differ";
    }
  }

  /** The destination's version is not older than the source's. */
  record Ordered() implements PairComparison<DottedVersion> {
    @Override
    public String name() {
      return "ordered";
    }

    @Override
    public DottedVersion read(String text, Side at) throws UnfitException {
      return DottedVersion.parse(text);
    }

    @Override
    public boolean admits(DottedVersion source, DottedVersion destination) {
      return destination.compareTo(source) >= 0;
    }

    @Override
    public String difference(DottedVersion source, DottedVersion destination) {
      return "the destination is older than the source";
    }
  }

  /** The source's number is in the destination's range. */
  record InDestinationRange() implements PairComparison<IntRange> {
    @Override
    public String name() {
      return "int-in-range";
    }

    @Override
    public boolean isAlikeForBoth() {
      return false;
    }

    @Override
    public IntRange read(String text, Side at) throws UnfitException {
      return at == Side.SOURCE ? IntRange.ofNumber(text) : IntRange.parse(text);
    }

    @Override
    public boolean admits(IntRange source, IntRange destination) {
      return destination.contains(source.least());
    }

    @Override
    public String difference(IntRange source, IntRange destination) {
      return "the source's number is outside the destination's range";
    }
  }

  /** The two values are none of the pairs listed, in either order. */
  record NotPaired(List<List<Glob>> pairs) implements PairComparison<String> {

    public NotPaired {
      pairs = pairs.stream().map(List::copyOf).toList();
    }

    @Override
    public String name() {
      return "not-paired";
    }

    @Override
    public String read(String text, Side at) {
      return text;
    }

    @Override
    public boolean admits(String source, String destination) {
      for (List<Glob> pair : pairs) {
        if (isPair(pair, source, destination) || isPair(pair, destination, source)) {
          return false;
        }
      }
      return true;
    }

    /** One side is enough: the values of the other alone make no pair. */
    @Override
    public Exempted exempted(Exempted source, Exempted destination) {
      return source instanceof Exempted.Yes || destination instanceof Exempted.No
          ? source
          : destination;
    }

    private static boolean isPair(List<Glob> pair, String one, String other) {
      return pair.get(0).matches(one) && pair.get(1).matches(other);
    }

    @Override
    public String difference(String source, String destination) {
      return "not between " + Quoted.of(source) + " and " + Quoted.of(destination);
    }
  }

  /** Each element of the source has one at the destination that is at least as much. */
  record DominatedBy(String separator, String fieldSeparator, List<ElementField> fields)
      implements PairComparison<List<Element>> {

    public DominatedBy {
      fields = List.copyOf(fields);
    }

    @Override
    public String name() {
      return "dominated-by";
    }

    @Override
    public List<Element> read(String text, Side at) throws UnfitException {
      return Element.parse(text, this);
    }

    @Override
    public boolean admits(List<Element> source, List<Element> destination) {
      for (int i = 0; i < source.size(); i++) {
        if (!source.get(i).isDominatedByAnyOf(destination)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String difference(List<Element> source, List<Element> destination) {
      return "the destination has none that is at least as much as "
          + Elements.shown(
              source.stream()
                  .filter(element -> !element.isDominatedByAnyOf(destination))
                  .map(Element::spelling)
                  .toList());
    }
  }
}
