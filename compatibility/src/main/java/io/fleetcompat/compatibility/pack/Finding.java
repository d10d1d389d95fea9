package io.fleetcompat.compatibility.pack;

/** A rule that a pair does not satisfy, or that nobody can judge, in words. */
public sealed interface Finding {

  /** A sentence, without a full stop. */
  String detail();

  /** The values do not satisfy it. */
  record Failed(String detail) implements Finding {}

  /**
   * Nobody can tell.
   *
   * @param side where the value is missing
   */
  record Unjudged(State state, Side side, String detail) implements Finding {}

  /** The causes why a value cannot be judged; where there are several, the first counts. */
  enum State {
    MALFORMED("malformed"),
    UNREADABLE("unreadable"),
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
