package io.fleetcompat.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Inputs that somebody got wrong, or made on purpose: each is a good sample with a few mistakes in
 * it, of bytes, of words and of numbers. One seed gives one sequence. One thread.
 */
public final class Mutations implements Supplier<byte[]> {

  /** Most mistakes in one input. */
  private static final int MOST_MISTAKES = 4;

  /** Largest input, in bytes: what is larger is cut. */
  private static final int MOST_BYTES = 1 << 18;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  /** Values at the edges of what numbers can be. */
  private static final List<String> NUMBERS =
      List.of(
          "-1",
          "0",
          "00",
          "1",
          "2147483647",
          "2147483648",
          "-2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "1e999",
          "0x10",
          "1.5",
          "NaN",
          "",
          "9".repeat(400),
          "1_000",
          "١");

  /** Texts that parsers of many kinds stumble over. */
  private static final List<String> WORDS =
      List.of(
          "\u0000",
          "\n",
          "\r\n",
          "\t",
          "\\",
          "\"",
          "'",
          "{",
          "}",
          "[",
          "]",
          "[".repeat(3000),
          "{\"a\":".repeat(3000),
          ":",
          "=",
          ",",
          "#",
          "&a *a",
          "<<: *a",
          "!!str",
          "%",
          "%s",
          "../",
          "/",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\ud800",
          "é",
          "😀",
          "\u202e",
          "null",
          "true",
          "~");

  private final SplittableRandom random;
  private final List<byte[]> samples;

  /**
   * @param samples that are good; at least one
   */
  public Mutations(long seed, List<byte[]> samples) {
    this.random = new SplittableRandom(seed);
    this.samples = List.copyOf(samples);
  }

  /** The next input. */
  @Override
  public byte[] get() {
    byte[] input = sample();
    for (int mistakes = random.nextInt(1, MOST_MISTAKES + 1); mistakes > 0; mistakes--) {
      input = mistake(input);
    }
    return input.length > MOST_BYTES ? Arrays.copyOf(input, MOST_BYTES) : input;
  }

  private byte[] sample() {
    return samples.get(random.nextInt(samples.size()));
  }

  private byte[] mistake(byte[] input) {
    return switch (random.nextInt(9)) {
      case 0 -> flipped(input);
      case 1 -> replaced(input, new byte[0]);
      case 2 -> replaced(input, part(sample()));
      case 3 -> replaced(input, bytes(WORDS.get(random.nextInt(WORDS.size()))));
      case 4 -> inserted(input, bytes(WORDS.get(random.nextInt(WORDS.size()))));
      case 5 -> inserted(input, part(input));
      case 6 -> Arrays.copyOf(input, random.nextInt(input.length + 1));
      case 7 -> inserted(input, repeated(part(input)));
      default -> otherNumber(input);
    };
  }

  private byte[] flipped(byte[] input) {
    byte[] flipped = input.clone();
    if (flipped.length > 0) {
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return flipped;
  }

  private byte[] part(byte[] of) {
    int from = random.nextInt(of.length + 1);
    int length = random.nextInt(Math.min(of.length - from, 64) + 1);
    return Arrays.copyOfRange(of, from, from + length);
  }

  private byte[] repeated(byte[] part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int times = random.nextInt(1000); times > 0; times--) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private byte[] inserted(byte[] input, byte[] more) {
    int at = random.nextInt(input.length + 1);
    return joined(Arrays.copyOf(input, at), more, Arrays.copyOfRange(input, at, input.length));
  }

  private byte[] replaced(byte[] input, byte[] by) {
    int from = random.nextInt(input.length + 1);
    int to = from + random.nextInt(Math.min(input.length - from, 64) + 1);
    return joined(Arrays.copyOf(input, from), by, Arrays.copyOfRange(input, to, input.length));
  }

  private byte[] otherNumber(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    List<int[]> numbers =
        NUMBER
            .matcher(text)
            .results()
            .map(found -> new int[] {found.start(), found.end()})
            .toList();
    if (numbers.isEmpty()) {
      return input;
    }
    int[] one = numbers.get(random.nextInt(numbers.size()));
    return joined(
        Arrays.copyOf(input, one[0]),
        bytes(NUMBERS.get(random.nextInt(NUMBERS.size()))),
        Arrays.copyOfRange(input, one[1], input.length));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
