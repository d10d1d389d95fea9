package io.fleetcompat.oracle;

/**
 * The steps that may be tried for one pair of endpoints: a number, so it is the same every time.
 */
final class NaiveSteps {

  /** About a second's worth. */
  static final int MAX_STEPS = 2_000_000;

  private static final int CHARACTERS_PER_STEP = 64;

  private int left = MAX_STEPS;

  /** One step, and more where it looks at much text. */
  void spend(int characters) {
    left -= 1 + characters / CHARACTERS_PER_STEP;
    if (left < 0) {
      throw new TooHardException();
    }
  }
}
