package io.fleetcompat.cli.inspect;

import io.fleetcompat.cli.output.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Lines for people: labels with texts, folded where they are too long for a line. */
final class LabelledText {

  /** Columns that a line keeps where it can. */
  static final int WIDTH = 110;

  static final int LABEL = 10;

  private final PrintWriter out;

  LabelledText(PrintWriter out) {
    this.out = out;
  }

  void blank() {
    out.println();
  }

  void list(String label, List<String> items) {
    if (!items.isEmpty()) {
      label(label, String.join(", ", items));
    }
  }

  /** A label and its text, which goes on in the next line where it is too long for one. */
  void label(String label, String text) {
    String indent = "  " + pad(label, LABEL) + " ";
    for (String part : wrapped(text, WIDTH - indent.length())) {
      line(indent + part);
      indent = " ".repeat(indent.length());
    }
  }

  private static List<String> wrapped(String text, int width) {
    List<String> parts = new ArrayList<>();
    String rest = Printable.line(text);
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      if (space <= 0) {
        break;
      }
      parts.add(rest.substring(0, space));
      rest = rest.substring(space + 1);
    }
    parts.add(rest);
    return parts;
  }

  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  void line(String text) {
    out.println(Printable.line(text).stripTrailing());
  }
}
