package io.fleetcompat.cli.execute;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The time that the index has to show what was done.
 *
 * @param limit after that, what it shows differs
 */
record Patience(Duration limit) {

  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * Waits until nothing differs.
   *
   * @param difference what was expected and found; empty where nothing differs
   */
  void await(String step, Supplier<Optional<String>> difference) {
    long deadline = System.nanoTime() + limit.toNanos();
    Optional<String> found = difference.get();
    while (found.isPresent()) {
      if (System.nanoTime() > deadline) {
        throw differs(step, found.get());
      }
      pause();
      found = difference.get();
    }
  }

  /** The end of the execution: the index does not show what the plan says. */
  static CommandFailure differs(String step, String difference) {
    return new CommandFailure(
        ExitStatus.DIFFERS,
        "%s: %s; stopped here: what is done stays, and nothing more is done"
            .formatted(step, difference));
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted; what is done stays");
    }
  }
}
