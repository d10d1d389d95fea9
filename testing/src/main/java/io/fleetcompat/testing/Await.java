package io.fleetcompat.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waiting on a condition with a deadline: the one place where tests let time pass. */
public final class Await {

  /** Long enough for a busy machine; a test that passes never waits for it. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(2);

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Await() {}

  /** Something that is looked at again and again. */
  @FunctionalInterface
  public interface Probe<T> {
    T look() throws Exception;
  }

  /** Waits until the condition holds; {@code what} completes "expected ...". */
  public static void until(String what, Probe<Boolean> condition) {
    until(what, DEFAULT_DEADLINE, condition, held -> held);
  }

  /**
   * Waits until what is seen is as expected, and gives it.
   *
   * @throws AssertionError with what was seen last, where the deadline passes
   */
  public static <T> T until(String what, Duration deadline, Probe<T> probe, Predicate<T> expected) {
    long end = System.nanoTime() + deadline.toNanos();
    Seen<T> seen = look(probe);
    while (!seen.is(expected)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "expected %s within %s, found %s".formatted(what, deadline, seen), seen.failure());
      }
      LockSupport.parkNanos(POLL_NANOS);
      seen = look(probe);
    }
    return seen.value();
  }

  @SuppressWarnings("IllegalCatch") // a probe may fail in any way until it succeeds
  private static <T> Seen<T> look(Probe<T> probe) {
    try {
      return new Seen<>(probe.look(), null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    } catch (Exception e) {
      return new Seen<>(null, e);
    }
  }

  private record Seen<T>(@Nullable T found, @Nullable Exception failure) {

    boolean is(Predicate<T> expected) {
      return failure == null && expected.test(value());
    }

    T value() {
      if (found == null) {
        throw new AssertionError("a probe gave null", failure);
      }
      return found;
    }

    @Override
    public String toString() {
      return failure != null ? failure.toString() : String.valueOf(found);
    }
  }
}
