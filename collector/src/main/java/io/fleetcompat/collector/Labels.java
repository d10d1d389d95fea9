package io.fleetcompat.collector;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.DocumentSize;
import io.fleetcompat.schemas.Limits;
import java.util.Map;

/** The rule for a host's labels: every reader of its document accepts what keeps it. */
final class Labels {

  private Labels() {}

  /**
   * Refuses labels that break the rule.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  static void require(Map<String, String> labels) {
    require(
        labels.size() <= Limits.LABELS, "at most " + Limits.LABELS + " labels", "" + labels.size());
    long bytes = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      int name = label.getKey().length();
      int value = label.getValue().length();
      require(
          name > 0 && name <= Limits.WORD,
          "a label's name of 1 to " + Limits.WORD + " characters",
          "" + name);
      require(
          value <= Limits.VALUE,
          "a label's value of at most " + Limits.VALUE + " characters",
          "" + value);
      require(
          label.getValue().chars().noneMatch(Character::isISOControl),
          "a label's value without control characters",
          "one in " + Quoted.of(label.getKey()));
      bytes += DocumentSize.of(label.getKey()) + DocumentSize.of(label.getValue());
    }
    require(
        bytes <= Limits.LABEL_BYTES,
        "labels of at most " + Limits.LABEL_BYTES + " bytes together",
        "" + bytes);
  }

  private static void require(boolean holds, String expected, String found) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", found " + found);
    }
  }
}
