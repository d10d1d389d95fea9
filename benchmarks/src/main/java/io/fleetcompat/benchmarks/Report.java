package io.fleetcompat.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** The output of a benchmark, line by line, as results come. One thread. */
public final class Report {

  private final PrintStream out;

  public Report(PrintStream out) {
    this.out = out;
  }

  public void title(String title) {
    out.printf("%n## %s%n%n", title);
  }

  public void say(String format, Object... arguments) {
    out.printf(Locale.ROOT, format + "%n", arguments);
  }

  /** The progress of a measurement: for whoever waits, not among the results. */
  public static void progress(String format, Object... arguments) {
    System.err.printf(Locale.ROOT, "benchmarks: " + format + "%n", arguments);
  }

  public void table(Table table) {
    out.println(table);
  }
}
