package io.fleetcompat.cli.process;

import io.fleetcompat.testing.Await;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** One that asks all the time whether host new may go to host old, and notes what it hears. */
final class Asker implements AutoCloseable {
  private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread;

  Asker(String api) {
    thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!closed.get()) {
                    answers.add(OverriddenFleet.check(api, "old").status());
                  }
                });
  }

  /** The exit statuses of all answers until now. */
  Set<Integer> answers() {
    return Set.copyOf(answers);
  }

  @Override
  public void close() {
    closed.set(true);
    Await.until("it asks no more", () -> !thread.isAlive());
  }
}
