package io.fleetcompat.cli.up;

import io.fleetcompat.cli.output.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * A part of {@code up} that is started again whenever it has died, for ever: after {@link
 * RestartPauses}, and not before there is room on the disk. What it waits for is said once a
 * minute. One thread.
 */
final class RestartedPart {

  /** The time after which it is said again that a part waits for room. */
  static final Duration SAY_EVERY = Duration.ofMinutes(1);

  private final String name;
  private final BooleanSupplier dead;
  private final Start start;
  private final Supplier<Optional<String>> lack;
  private final Progress progress;
  private final LongSupplier nanoTime;
  private final RestartPauses pauses;

  /** The time to start it again; empty while it runs. */
  private OptionalLong due = OptionalLong.empty();

  /** The time when it was last said that it waits for room; empty while it does not. */
  private OptionalLong saidAt = OptionalLong.empty();

  /** The way to start it again. */
  @FunctionalInterface
  interface Start {
    void start() throws IOException, InterruptedException;
  }

  /**
   * A part that runs.
   *
   * @param dead whether it must be started again
   * @param lack what the disk lacks for that; empty where it has room
   */
  RestartedPart(
      String name,
      BooleanSupplier dead,
      Start start,
      Supplier<Optional<String>> lack,
      Progress progress,
      LongSupplier nanoTime) {
    this.name = name;
    this.dead = dead;
    this.start = start;
    this.lack = lack;
    this.progress = progress;
    this.nanoTime = nanoTime;
    this.pauses = new RestartPauses(nanoTime);
  }

  /** Starts it again where it has died and the time has come; true where it runs. */
  boolean look() throws InterruptedException {
    if (!dead.getAsBoolean()) {
      due = OptionalLong.empty();
      return true;
    }
    if (due.isEmpty()) {
      startLater("the " + name + " has died");
    }
    return nanoTime.getAsLong() - due.getAsLong() >= 0 && hasRoom() && start();
  }

  private void startLater(String why) {
    Duration pause = pauses.next();
    due = OptionalLong.of(nanoTime.getAsLong() + pause.toNanos());
    String when = pause.isZero() ? "" : " in %.1f s".formatted(pause.toMillis() / 1000.0);
    progress.say(why + ": starting it again" + when);
  }

  private boolean hasRoom() {
    long now = nanoTime.getAsLong();
    Optional<String> lacks = lack.get();
    if (lacks.isEmpty()) {
      if (saidAt.isPresent()) {
        progress.say("there is room on the disk again");
      }
      saidAt = OptionalLong.empty();
      return true;
    }
    if (saidAt.isEmpty() || now - saidAt.getAsLong() >= SAY_EVERY.toNanos()) {
      saidAt = OptionalLong.of(now);
      progress.say("the " + name + " waits for room on the disk: " + lacks.get());
    }
    return false;
  }

  /** Starts again, whatever a start throws. */
  @SuppressWarnings("IllegalCatch")
  private boolean start() throws InterruptedException {
    try {
      start.start();
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(RestartedPart.class).warn("the {} could not be started", name, e);
      startLater("the " + name + " could not be started (" + firstLine(e) + ")");
      return false;
    }
    due = OptionalLong.empty();
    pauses.started();
    progress.say("the " + name + " runs again");
    return true;
  }

  /** A broker's failure shows the end of its log below. */
  private static String firstLine(Exception failure) {
    return CommandFailure.why(failure).lines().findFirst().orElse(failure.toString());
  }
}
