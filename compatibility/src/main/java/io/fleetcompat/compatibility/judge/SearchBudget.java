package io.fleetcompat.compatibility.judge;

/**
 * The cost that searches which belong together may have: it depends on patterns and selves alone,
 * never on time, so that a verdict is the same everywhere. One thread.
 */
final class SearchBudget {

  /** A number of steps that nothing but a hostile pattern needs. */
  static final int MAX_STEPS = 20_000;

  /** A number of comparisons, of one self with one pattern, that only hostile lists need. */
  static final int MAX_COMPARISONS = 65_536;

  /** Reasons after which a further self that is not accepted is not explained as well. */
  private static final int MAX_REASONS = 16_384;

  /** The text that one step may look at. */
  private static final int CHARACTERS_PER_STEP = 64;

  private int steps = MAX_STEPS;
  private int comparisons = MAX_COMPARISONS;
  private int reasons = MAX_REASONS;

  boolean isExhausted() {
    return steps < 0 || comparisons < 0;
  }

  /** True where one more self may be explained. */
  boolean mayExplain() {
    return reasons > 0;
  }

  void explained(int found) {
    reasons -= found;
  }

  /** One self with one pattern; false where that is not left. */
  boolean compare() {
    return --comparisons >= 0;
  }

  /** Spends what reading a number costs: the square of the count of its digits. */
  boolean spendNumber(int digits) {
    int size = Math.min(digits, MAX_STEPS);
    return spend(size * (1 + size / CHARACTERS_PER_STEP));
  }

  /** One step and, for long text, some more; false where they are not left. */
  boolean spend(int characters) {
    if (steps >= 0) {
      steps = Math.max(-1, steps - 1 - characters / CHARACTERS_PER_STEP);
    }
    return steps >= 0;
  }
}
