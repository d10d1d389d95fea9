package io.fleetcompat.compatibility.facet;

/**
 * An attribute once parsed: a value, or the reason why there is none.
 *
 * @param <T> what the value is
 */
public sealed interface Parsed<T> {

  /** It is there and means this. */
  record Value<T>(T value) implements Parsed<T> {}

  /** It is not there. */
  record Absent<T>() implements Parsed<T> {}

  /** It is there, and means nothing. */
  record Malformed<T>(String problem) implements Parsed<T> {}

  /** It is there and could not be read; the errno by name. */
  record Unreadable<T>(String errno) implements Parsed<T> {}

  /** The ways in which there is no value, as reasons have them; the first of several counts. */
  enum State {
    UNREADABLE("unreadable"),
    MALFORMED("malformed"),
    ABSENT("absent");

    private final String spelling;

    State(String spelling) {
      this.spelling = spelling;
    }

    @Override
    public String toString() {
      return spelling;
    }
  }
}
