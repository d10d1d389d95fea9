package io.fleetcompat.compatibility.pack;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An element with fields, such as a rate limit {@code sym:0xf:100:200}. Immutable.
 *
 * @param texts the fields that must be equal, in order; masks in one spelling
 * @param numbers those that must not be lower, in order
 */
record Element(String spelling, List<String> texts, List<BigInteger> numbers) {

  Element {
    texts = List.copyOf(texts);
    numbers = List.copyOf(numbers);
  }

  static List<Element> parse(String text, PairOperator.DominatedBy by) throws UnfitException {
    List<Element> elements = new ArrayList<>();
    for (String spelling : Elements.split(text, by.separator())) {
      elements.add(one(spelling, by));
    }
    return List.copyOf(elements);
  }

  private static Element one(String spelling, PairOperator.DominatedBy by) throws UnfitException {
    String[] values = spelling.split(Pattern.quote(by.fieldSeparator()), -1);
    if (values.length != by.fields().size()) {
      throw new UnfitException(shape(by), spelling);
    }
    List<String> texts = new ArrayList<>();
    List<BigInteger> numbers = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i].isEmpty()) {
        throw new UnfitException(shape(by), spelling);
      }
      switch (by.fields().get(i).comparison()) {
        case EQUAL -> texts.add(values[i]);
        case EQUAL_MASK -> texts.add(Bitmask.parse(values[i]).toString());
        case AT_LEAST -> numbers.add(IntRange.number(values[i]));
      }
    }
    return new Element(spelling, texts, numbers);
  }

  private static String shape(PairOperator.DominatedBy by) {
    return String.join(by.fieldSeparator(), by.fields().stream().map(ElementField::name).toList());
  }

  /** True where one of them is at least as much in every field. */
  boolean isDominatedByAnyOf(List<Element> others) {
    for (int i = 0; i < others.size(); i++) {
      if (isDominatedBy(others.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isDominatedBy(Element other) {
    for (int i = 0; i < texts.size(); i++) {
      if (!texts.get(i).equals(other.texts.get(i))) {
        return false;
      }
    }
    for (int i = 0; i < numbers.size(); i++) {
      if (other.numbers.get(i).compareTo(numbers.get(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
