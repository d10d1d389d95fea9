package io.fleetcompat.settings;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of sizes in text: a number of bytes ({@code 5242880}), or of {@code KiB}, {@code MiB}
 * or {@code GiB} ({@code 24MiB}). Zero or more.
 */
public final class Sizes {

  /** The words of a refusal. */
  public static final String EXPECTED = "a size such as 5242880, 512KiB, 24MiB or 1GiB";

  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,19})(|KiB|MiB|GiB)");

  /** Each a power of 1024, by its place. */
  private static final List<String> UNITS = List.of("", "KiB", "MiB", "GiB");

  private static final int BITS = 10;

  private Sizes() {}

  /**
   * The number of bytes that the text names.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static long parse(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      throw new IllegalArgumentException(
          "expected " + EXPECTED + ", found " + ShownValue.quoted(text));
    }
    try {
      long factor = 1L << (BITS * UNITS.indexOf(amount.group(2)));
      return Math.multiplyExact(Long.parseLong(amount.group(1)), factor);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "expected a size of at most "
              + Long.MAX_VALUE
              + " bytes, found "
              + ShownValue.quoted(text),
          e);
    }
  }

  /** The text with the largest unit of which the size is a whole number. */
  public static String print(long bytes) {
    int unit = 0;
    long amount = bytes;
    while (amount != 0 && unit < UNITS.size() - 1 && amount % (1 << BITS) == 0) {
      amount >>= BITS;
      unit++;
    }
    return amount + UNITS.get(unit);
  }
}
