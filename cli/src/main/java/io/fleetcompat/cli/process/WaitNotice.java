package io.fleetcompat.cli.process;

import java.io.PrintWriter;
import java.time.Duration;

/** A line that is printed while something takes longer than people wait in silence. */
final class WaitNotice implements AutoCloseable {

  /** The time after which it is printed. */
  static final Duration AFTER = Duration.ofSeconds(3);

  private final Thread thread;

  private WaitNotice(Thread thread) {
    this.thread = thread;
  }

  /** Prints the line unless it is closed before. */
  static WaitNotice after(Duration time, String line, PrintWriter err) {
    return new WaitNotice(
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(time);
                    err.println(line);
                    err.flush();
                  } catch (InterruptedException e) {
                    // It was not needed.
                  }
                }));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
