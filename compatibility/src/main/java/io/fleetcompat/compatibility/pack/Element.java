package io.fleetcompat.compatibility.pack;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An element with fields, such as a rate limit {@code sym:0xf:100:200}. */
record Element(String spelling, List<String> values) {

  static List<Element> parse(String text, PairOperator.DominatedBy by) throws UnfitException {
    List<Element> elements = new ArrayList<>();
    for (String spelling : Elements.split(text, by.separator())) {
      List<String> values = List.of(spelling.split(Pattern.quote(by.fieldSeparator()), -1));
      if (values.size() != by.fields().size()) {
        throw new UnfitException(shape(by), spelling);
      }
      for (int i = 0; i < values.size(); i++) {
        if (by.fields().get(i).atLeast()) {
          IntRange.number(values.get(i));
        } else if (values.get(i).isEmpty()) {
          throw new UnfitException(shape(by), spelling);
        }
      }
      elements.add(new Element(spelling, values));
    }
    return elements;
  }

  private static String shape(PairOperator.DominatedBy by) {
    return String.join(by.fieldSeparator(), by.fields().stream().map(ElementField::name).toList());
  }

  /** True where every field is equal or, for a number that may be higher, at least as high. */
  boolean dominates(Element other, List<ElementField> fields) {
    for (int i = 0; i < fields.size(); i++) {
      String mine = values.get(i);
      String theirs = other.values.get(i);
      boolean enough =
          fields.get(i).atLeast()
              ? new BigInteger(mine).compareTo(new BigInteger(theirs)) >= 0
              : mine.equals(theirs);
      if (!enough) {
        return false;
      }
    }
    return true;
  }
}
