package io.fleetcompat.query.follow;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faults of Kafka that a follower has met and not yet overcome. All are tried again, after a
 * pause that doubles from one to the next. Those that pass by themselves (a broker is away) leave a
 * replica ready: its answers say how old they are. Those that do not (Kafka refuses the replica, or
 * has a record that nobody can read) end that after a while. One thread tells; any thread asks.
 */
public final class KafkaFaults {

  static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /** The time after which a fault that does not pass by itself makes the replica not ready. */
  public static final Duration MOST = Duration.ofSeconds(30);

  /** The time after which the log says again that a fault is still there. */
  public static final Duration SAY_EVERY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(KafkaFaults.class);

  /** A fault that does not pass by itself. */
  private record Refusal(long since, String reason) {}

  private Duration pause = FIRST_PAUSE;
  private long saidAt = Long.MIN_VALUE;
  private volatile @Nullable Refusal refusal;

  /** Takes note of a fault; returns how long to wait before trying again. */
  Duration failed(RuntimeException fault, long now) {
    if (!(fault instanceof RetriableException)) {
      Refusal before = refusal;
      refusal = new Refusal(before == null ? now : before.since, fault.toString());
    }
    if (saidAt == Long.MIN_VALUE || now - saidAt >= SAY_EVERY.toMillis()) {
      saidAt = now;
      LOG.warn("Kafka could not be asked, it will be again: {}", fault.toString());
    }
    Duration wait = pause;
    pause =
        wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
    return wait;
  }

  /** Kafka has answered, and nothing failed meanwhile. */
  void overcome() {
    pause = FIRST_PAUSE;
    refusal = null;
  }

  /** The reason why the replica is not ready; empty where no fault has lasted too long. */
  Optional<String> lasting(long now) {
    Refusal last = refusal;
    return last == null || now - last.since < MOST.toMillis()
        ? Optional.empty()
        : Optional.of(
            "Kafka has not answered for " + (now - last.since) / 1000 + " s: " + last.reason);
  }
}
