package io.fleetcompat.indexer.probe;

import java.time.Duration;

/**
 * The limits on what drivers are asked.
 *
 * @param tick time between two looks for questions
 * @param perTick most questions of one look, in the whole fleet
 * @param open most questions that wait for an answer, in the whole fleet
 * @param hostGap shortest time between two questions to one host, which has one at a time
 * @param timeLimit after which a question is not to be executed any more
 * @param patience time beyond that until nobody waits for the answer
 * @param firstBackoff after a first attempt that told nothing; then twice as long, each time
 * @param lastBackoff longest time between two attempts
 * @param pairs most questions that are kept track of; those beyond are not asked, and counted
 */
public record ProbeLimits(
    Duration tick,
    int perTick,
    int open,
    Duration hostGap,
    Duration timeLimit,
    Duration patience,
    Duration firstBackoff,
    Duration lastBackoff,
    int pairs) {

  /** Most looks for questions a second. */
  private static final int LOOKS_A_SECOND = 10;

  /** A hundred a second in the fleet, four at a host. */
  public static final ProbeLimits DEFAULT =
      new ProbeLimits(
          Duration.ofMillis(100),
          10,
          1000,
          Duration.ofMillis(250),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMinutes(10),
          200_000);

  public ProbeLimits {
    if (!tick.isPositive() || perTick < 1 || open < 1 || pairs < 1 || !timeLimit.isPositive()) {
      throw new IllegalArgumentException(
          "expected limits above 0, found %s, %d, %d, %d, %s"
              .formatted(tick, perTick, open, pairs, timeLimit));
    }
    if (!firstBackoff.isPositive() || lastBackoff.compareTo(firstBackoff) < 0) {
      throw new IllegalArgumentException(
          "expected a first pause above 0 and not above the last, found %s and %s"
              .formatted(firstBackoff, lastBackoff));
    }
  }

  /** The same with so many questions a second at most, in the whole fleet. */
  public ProbeLimits atRate(int perSecond) {
    int looks = Math.min(LOOKS_A_SECOND, perSecond);
    return new ProbeLimits(
        Duration.ofSeconds(1).dividedBy(looks),
        perSecond / looks,
        open,
        hostGap,
        timeLimit,
        patience,
        firstBackoff,
        lastBackoff,
        pairs);
  }

  /** The time to wait after so many attempts that told nothing. */
  long backoff(int attempts) {
    long millis = firstBackoff.toMillis();
    for (int i = 1; i < attempts && millis < lastBackoff.toMillis(); i++) {
      millis *= 2;
    }
    return Math.min(millis, lastBackoff.toMillis());
  }
}
