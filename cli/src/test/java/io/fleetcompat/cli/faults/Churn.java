package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.verify.FleetHistory;
import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that changes hosts, about twice a second, until it is closed. */
final class Churn implements AutoCloseable {

  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final FleetHistory history;
  private final Thread thread;
  private volatile boolean closed;
  private volatile Optional<IOException> failure = Optional.empty();

  Churn(FleetHistory history) {
    this.history = history;
    this.thread = Thread.ofPlatform().daemon().name("churn").start(this::run);
  }

  private void run() {
    try {
      while (!closed) {
        history.change();
        LockSupport.parkNanos(EVERY_NANOS);
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  /** Returns when nothing changes any more. */
  @Override
  public void close() throws IOException {
    closed = true;
    Await.until("hosts to stand still", () -> !thread.isAlive());
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
