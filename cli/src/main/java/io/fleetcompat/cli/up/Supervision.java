package io.fleetcompat.cli.up;

import io.fleetcompat.broker.BrokerProcess;
import io.fleetcompat.cli.data.DataDirectory;
import io.fleetcompat.cli.output.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The care for parts that may die alone: a broker is started again; any other part that has failed
 * ends the session, so that nothing goes on half dead. One thread.
 */
final class Supervision {

  /** The time between two looks. */
  static final Duration EVERY = Duration.ofSeconds(1);

  /** A broker that dies more often than this … */
  private static final int MOST_RESTARTS = 3;

  /** … within this time does not get better by being started again. */
  private static final Duration WITHIN = Duration.ofMinutes(10);

  private final Progress progress;
  private final DataDirectory data;
  private final Deque<Long> restarts = new ArrayDeque<>();
  private final List<Part> parts = new ArrayList<>();
  private Optional<BrokerProcess> broker = Optional.empty();

  /**
   * A part that is looked at.
   *
   * @param failed whether it will never do its work again
   */
  private record Part(String name, BooleanSupplier failed) {}

  Supervision(Progress progress, DataDirectory data) {
    this.progress = progress;
    this.data = data;
  }

  BrokerProcess of(BrokerProcess started) {
    broker = Optional.of(started);
    return started;
  }

  /** Looks after a part from now on; its log says why it failed. */
  void of(String name, BooleanSupplier failed) {
    parts.add(new Part(name, failed));
  }

  /**
   * Starts the broker again, if it is dead.
   *
   * @throws CommandFailure where a part is beyond help
   */
  void look() throws InterruptedException {
    Path log = data.log();
    for (Part part : parts) {
      if (part.failed().getAsBoolean()) {
        throw CommandFailure.failed("the " + part.name() + " has failed; " + log + " says why");
      }
    }
    if (broker.isPresent() && !broker.get().isAlive()) {
      restart(broker.get());
    }
  }

  private void restart(BrokerProcess dead) throws InterruptedException {
    long now = System.nanoTime();
    restarts.removeIf(at -> now - at > WITHIN.toNanos());
    if (restarts.size() == MOST_RESTARTS) {
      throw CommandFailure.failed(
          "the Kafka broker died %d times within %d minutes; its log is in %s"
              .formatted(MOST_RESTARTS + 1, WITHIN.toMinutes(), data.broker()));
    }
    restarts.add(now);
    progress.say("the Kafka broker has died: starting it again");
    try {
      dead.restart();
    } catch (IOException e) {
      throw CommandFailure.failed(
          "the Kafka broker cannot be started again: " + CommandFailure.why(e));
    }
    progress.say("the Kafka broker runs again");
  }
}
