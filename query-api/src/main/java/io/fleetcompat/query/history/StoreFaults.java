package io.fleetcompat.query.history;

import io.fleetcompat.query.follow.KafkaFaults;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faults of the disk that a history has met and not yet overcome, with a pause after each that
 * doubles from one to the next. One thread tells; any thread asks.
 */
final class StoreFaults {

  static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(StoreFaults.class);

  private Duration pause = FIRST_PAUSE;
  private long saidAt = Long.MIN_VALUE;
  private volatile Optional<String> current = Optional.empty();

  /** Takes note of a fault; returns how long to wait before trying again. */
  Duration failed(HistoryException fault, long now) {
    String reason =
        fault.kind() == HistoryException.Kind.FULL
            ? "the disk of the history is full: " + fault.getMessage()
            : "the history cannot be written: " + fault.getMessage();
    current = Optional.of(reason);
    if (saidAt == Long.MIN_VALUE || now - saidAt >= KafkaFaults.SAY_EVERY.toMillis()) {
      saidAt = now;
      LOG.warn("{}; it is tried again, and answers go on from what was kept", reason);
    }
    Duration wait = pause;
    Duration twice = wait.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    return wait;
  }

  /** Takes note that what came was kept. */
  void overcome() {
    pause = FIRST_PAUSE;
    current = Optional.empty();
  }

  /** The fault that keeps it from being written; empty where there is none. */
  Optional<String> current() {
    return current;
  }
}
