package io.fleetcompat.compatibility.pack;

/** The outcome of an operator for one pair of values, with a sentence. */
public sealed interface Finding {

  /** A sentence, without a full stop. */
  String detail();

  /** The values satisfy the operator. */
  record Satisfied(String detail) implements Finding {}

  /** They do not. */
  record Failed(String detail) implements Finding {}

  /**
   * Nobody can tell.
   *
   * @param side where the value is missing
   */
  record Unjudged(State state, Side side, String detail) implements Finding {}

  /** The causes why a value cannot be judged; where there are several, the first counts. */
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
