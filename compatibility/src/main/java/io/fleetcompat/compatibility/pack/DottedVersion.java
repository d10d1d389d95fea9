package io.fleetcompat.compatibility.pack;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of decimal numbers with dots between them, compared number by number; what it has fewer
 * of counts as zero.
 */
public record DottedVersion(List<BigInteger> numbers) implements Comparable<DottedVersion> {

  private static final int MAX_CHARACTERS = 128;
  private static final Pattern SHAPE = Pattern.compile("[0-9]+(\\.[0-9]+)*");
  private static final Pattern DOT = Pattern.compile("\\.");

  public DottedVersion {
    numbers = List.copyOf(numbers);
  }

  /** The version that a text spells; empty where it spells none. */
  public static Optional<DottedVersion> find(String text) {
    try {
      return Optional.of(parse(text));
    } catch (UnfitException notOne) {
      return Optional.empty();
    }
  }

  static DottedVersion parse(String text) throws UnfitException {
    if (text.length() > MAX_CHARACTERS || !SHAPE.matcher(text).matches()) {
      throw new UnfitException("a version such as 1.27.0", text);
    }
    List<BigInteger> numbers = new ArrayList<>();
    DOT.splitAsStream(text).map(BigInteger::new).forEach(numbers::add);
    return new DottedVersion(numbers);
  }

  /** The number at that place, from 0. */
  BigInteger at(int place) {
    return place < numbers.size() ? numbers.get(place) : BigInteger.ZERO;
  }

  @Override
  public int compareTo(DottedVersion other) {
    int places = Math.max(numbers.size(), other.numbers.size());
    for (int i = 0; i < places; i++) {
      int order = at(i).compareTo(other.at(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
