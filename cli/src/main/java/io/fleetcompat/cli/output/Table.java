package io.fleetcompat.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, in columns as wide as what they hold; every cell is {@link Printable}. On a
 * terminal that is too narrow for them, columns that do not fit go on in further lines, indented:
 * no cell is cut, so that each can be copied.
 */
public final class Table {

  private static final String GAP = "  ";
  private static final String INDENT = "    ";

  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> headings) {
    rows.add(headings);
  }

  public static Table of(String... headings) {
    return new Table(List.of(headings));
  }

  public void row(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "expected " + rows.getFirst().size() + " cells, found " + cells.length);
    }
    rows.add(List.of(cells).stream().map(Printable::line).toList());
  }

  public void print(PrintWriter out) {
    print(out, Terminal.columns());
  }

  /**
   * Likewise.
   *
   * @param most characters of a line, where the cells allow it
   */
  void print(PrintWriter out, int most) {
    int[] widths = widths();
    List<Integer> begins = begins(widths, most);
    for (List<String> row : rows) {
      for (int i = 0; i < begins.size(); i++) {
        int end = i + 1 < begins.size() ? begins.get(i + 1) : widths.length;
        StringBuilder line = new StringBuilder(i == 0 ? "" : INDENT);
        for (int column = begins.get(i); column < end; column++) {
          String cell = row.get(column);
          line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        out.println(line.toString().stripTrailing());
      }
    }
  }

  /** The columns with which the lines of a row begin. */
  private static List<Integer> begins(int[] widths, int most) {
    List<Integer> begins = new ArrayList<>(List.of(0));
    int length = widths[0];
    for (int column = 1; column < widths.length; column++) {
      if (length + GAP.length() + widths[column] > most) {
        begins.add(column);
        length = INDENT.length() + widths[column];
      } else {
        length += GAP.length() + widths[column];
      }
    }
    return begins;
  }

  private int[] widths() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }
}
