package io.fleetcompat.compatibility.facet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The values of a comma list: trimmed, without empty ones and duplicates, sorted. */
public record ValueSet(List<String> values) {

  public static final ValueSet EMPTY = new ValueSet(List.of());

  public ValueSet {
    values = values.stream().distinct().sorted().toList();
  }

  /** A comma list; each value is brought into its normal form. */
  static ValueSet split(String text, UnaryOperator<String> normalForm) {
    return new ValueSet(
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(value -> !value.isEmpty())
            .map(normalForm)
            .toList());
  }

  public boolean contains(String value) {
    for (String candidate : values) {
      if (candidate.equals(value)) {
        return true;
      }
    }
    return false;
  }

  /** True where nothing is {@link #missingFrom} the other: one merge of two sorted lists. */
  public boolean isSubsetOf(ValueSet other) {
    int at = 0;
    for (int i = 0; i < values.size(); i++) {
      String wanted = values.get(i);
      int order = 1;
      while (at < other.values.size() && (order = wanted.compareTo(other.values.get(at))) > 0) {
        at++;
      }
      if (at == other.values.size() || order != 0) {
        return false;
      }
    }
    return true;
  }

  /** The values of this set that the other lacks, in order. */
  public List<String> missingFrom(ValueSet other) {
    List<String> missing = new ArrayList<>(values);
    missing.removeAll(other.values);
    return missing;
  }

  /** The comma list. */
  @Override
  public String toString() {
    return String.join(",", values);
  }
}
