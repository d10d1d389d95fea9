package io.fleetcompat.cli.output;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows as comma-separated values, as RFC 4180 has them; every cell is {@link Printable}. */
public final class Csv {

  private static final String LINE_END = "\r\n";

  private final PrintWriter out;

  public Csv(PrintWriter out) {
    this.out = out;
  }

  public void row(String... cells) {
    out.print(Stream.of(cells).map(Csv::cell).collect(Collectors.joining(",")));
    out.print(LINE_END);
  }

  private static String cell(String text) {
    String line = Printable.line(text);
    return line.contains(",") || line.contains("\"")
        ? "\"" + line.replace("\"", "\"\"") + "\""
        : line;
  }
}
