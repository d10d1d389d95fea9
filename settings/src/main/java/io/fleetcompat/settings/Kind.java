package io.fleetcompat.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A kind of value: how it is read from text and printed.
 *
 * @param label as help shows a value, such as {@code TIME}
 * @param expected the words of a refusal
 * @param parser throws {@link IllegalArgumentException} for any other text
 * @param printer gives a text that the parser reads as an equal value
 * @param many whether it is a list, of which an option gives one member
 */
public record Kind<T>(
    String label,
    String expected,
    Function<String, T> parser,
    Function<T, String> printer,
    boolean many) {

  private Kind(
      String label, String expected, Function<String, T> parser, Function<T, String> printer) {
    this(label, expected, parser, printer, false);
  }

  /** Any text but a blank one. */
  public static final Kind<String> TEXT =
      new Kind<>("TEXT", "text", Function.identity(), Function.identity());

  /** A file or directory, which need not exist. */
  public static final Kind<Path> PATH = new Kind<>("PATH", "a path", Path::of, Path::toString);

  public static final Kind<Boolean> FLAG =
      new Kind<>("true|false", "true or false", Kind::flag, String::valueOf);

  /** A duration of at least 0. */
  public static final Kind<Duration> TIME =
      new Kind<>("TIME", Times.EXPECTED, Times::parse, Times::print);

  /** A duration above 0. */
  public static final Kind<Duration> POSITIVE_TIME =
      new Kind<>(
          "TIME",
          Times.EXPECTED + ", above 0",
          text -> require(Times.parse(text), Duration::isPositive),
          Times::print);

  private static final int MAX_DIGITS = 10;

  /** Text that is shown in help by a word of its own. */
  public static Kind<String> text(String label, String expected) {
    return new Kind<>(label, expected, Function.identity(), Function.identity());
  }

  /** A whole number within bounds, both of them included. */
  public static Kind<Integer> number(String label, int least, int most) {
    return new Kind<>(
        label,
        "a whole number from %d to %d".formatted(least, most),
        text ->
            Math.toIntExact(
                require(wholeNumber(text), number -> number >= least && number <= most)),
        String::valueOf);
  }

  /** A size in bytes within bounds, both of them included. */
  public static Kind<Long> size(long least, long most) {
    return new Kind<>(
        "SIZE",
        "%s, from %s to %s".formatted(Sizes.EXPECTED, Sizes.print(least), Sizes.print(most)),
        text -> require(Sizes.parse(text), size -> size >= least && size <= most),
        Sizes::print);
  }

  /** A size of which an {@code int} holds the bytes. */
  public static Kind<Integer> smallSize(int least, int most) {
    Kind<Long> size = size(least, most);
    return new Kind<>(
        size.label(),
        size.expected(),
        text -> Math.toIntExact(size.parser().apply(text)),
        bytes -> Sizes.print(bytes));
  }

  /** A list with commas between its members; none of them twice, blanks left out. */
  public static <T> Kind<Set<T>> list(String label, String expected, Function<String, T> parser) {
    return new Kind<>(
        label,
        expected,
        text ->
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .map(parser)
                .collect(Collectors.toCollection(LinkedHashSet::new)),
        set -> set.stream().map(String::valueOf).collect(Collectors.joining(",")),
        true);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static long wholeNumber(String text) {
    return Long.parseLong(require(text, digits -> digits.matches("[0-9]{1," + MAX_DIGITS + "}")));
  }

  private static <V> V require(V value, Function<V, Boolean> holds) {
    if (!holds.apply(value)) {
      throw new IllegalArgumentException(String.valueOf(value));
    }
    return value;
  }
}
