package io.fleetcompat.compatibility.pack;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range of numbers, {@code 3-7} or one number; both ends belong to it. */
record IntRange(BigInteger least, BigInteger most) {

  private static final int MAX_CHARACTERS = 128;
  private static final Pattern SHAPE = Pattern.compile("([0-9]+)(?:-([0-9]+))?");

  static IntRange parse(String text) throws UnfitException {
    Matcher matcher = SHAPE.matcher(text);
    if (text.length() > MAX_CHARACTERS || !matcher.matches()) {
      throw new UnfitException("a range of numbers such as 3-7", text);
    }
    String most = matcher.group(2);
    IntRange range =
        new IntRange(
            new BigInteger(matcher.group(1)),
            new BigInteger(most == null ? matcher.group(1) : most));
    if (range.most.compareTo(range.least) < 0) {
      throw new UnfitException("a range whose end is not below its beginning", text);
    }
    return range;
  }

  /** The range of one number. */
  static IntRange ofNumber(String text) throws UnfitException {
    if (text.length() > MAX_CHARACTERS || text.indexOf('-') >= 0) {
      throw new UnfitException("a number", text);
    }
    return parse(text);
  }

  static BigInteger number(String text) throws UnfitException {
    return ofNumber(text).least;
  }

  static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_CHARACTERS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  boolean contains(BigInteger number) {
    return number.compareTo(least) >= 0 && number.compareTo(most) <= 0;
  }

  @Override
  public String toString() {
    return least + "-" + most;
  }
}
