package io.fleetcompat.collector;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What labels of a host must be, so that every reader of its document accepts them. */
final class Labels {

  static final int MAX_LABELS = 64;

  /** Longest name and value, in characters. */
  static final int MAX_NAME = 255;

  static final int MAX_VALUE = 4096;

  /** All names and values together: the document has so much room beside what its bounds count. */
  static final int MAX_BYTES = 128 << 10;

  private Labels() {}

  /**
   * @throws IllegalArgumentException saying what was expected and found
   */
  static void require(Map<String, String> labels) {
    require(labels.size() <= MAX_LABELS, "at most " + MAX_LABELS + " labels", "" + labels.size());
    long bytes = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      int name = label.getKey().length();
      int value = label.getValue().length();
      require(
          name > 0 && name <= MAX_NAME,
          "a label's name of 1 to " + MAX_NAME + " characters",
          "" + name);
      require(
          value <= MAX_VALUE,
          "a label's value of at most " + MAX_VALUE + " characters",
          "" + value);
      bytes += size(label.getKey()) + size(label.getValue());
    }
    require(bytes <= MAX_BYTES, "labels of at most " + MAX_BYTES + " bytes together", "" + bytes);
  }

  private static long size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void require(boolean holds, String expected, String found) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", found " + found);
    }
  }
}
