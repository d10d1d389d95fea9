package io.fleetcompat.oracle;

import java.util.Arrays;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Normal forms of values (docs/rules.md 2). */
final class NaiveValue {

  /** The form of a vendor or device id. */
  static final String HARDWARE_ID = "(0[xX])?[0-9a-fA-F]{1,8}";

  private NaiveValue() {}

  static String normal(String value) {
    if (value.equals("vfio_pci")) {
      return "vfio-pci";
    }
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.matches("(0x)?[0-9a-f]{8}")) {
      String digits = lower.substring(lower.length() - 8);
      return digits.substring(0, 4) + ":" + digits.substring(4);
    }
    if (lower.matches("[0-9a-f]{4}:[0-9a-f]{4}|0x[0-9a-f]+|[0-9a-f]{4}")) {
      return lower;
    }
    return value;
  }

  /** "split on commas, trimmed, emptied of empty elements, deduplicated, sorted". */
  static SortedSet<String> list(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(v -> !v.isEmpty())
        .map(NaiveValue::normal)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
