package io.fleetcompat.cli.up;

import io.fleetcompat.cli.output.Printable;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * The output of {@code up} while it starts: one line a step, with the seconds since the beginning.
 */
final class Progress {

  private final PrintWriter out;
  private final long began = System.nanoTime();

  Progress(PrintWriter out) {
    this.out = out;
  }

  void say(String line) {
    Duration since = Duration.ofNanos(System.nanoTime() - began);
    out.printf("[%5.1f s] %s%n", since.toMillis() / 1000.0, Printable.line(line));
    out.flush();
  }

  /** A line without a time. */
  void print(String line) {
    out.println(Printable.line(line));
    out.flush();
  }

  PrintWriter out() {
    return out;
  }
}
