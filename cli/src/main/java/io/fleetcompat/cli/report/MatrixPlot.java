package io.fleetcompat.cli.report;

import io.fleetcompat.cli.report.Svg.Anchor;
import java.util.List;

/**
 * The drawing of a matrix of verdicts. The shapes differ as well as the colours: a square is
 * compatible, half of one unknown. Pure.
 */
final class MatrixPlot {

  /** The side of a cell, with the gap to the next: a row is as high as its name. */
  private static final int CELL = 16;

  private static final int INSIDE = CELL - 2;
  private static final int HEAD = 20;
  private static final int LEGEND = 26;
  private static final int CHARACTER = 8;
  private static final int KEY = 110;

  /** Columns have numbers as long as these have two digits, then every tenth has one. */
  private static final int MAX_NUMBERED = 50;

  private MatrixPlot() {}

  /**
   * @param names of rows and columns, in their order
   * @param rows one letter for each column
   */
  static String of(List<String> names, List<String> rows) {
    int side = CELL * rows.size();
    int number = CHARACTER * (Integer.toString(rows.size()).length() + 1);
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    int width = Math.max(3 * KEY, number + side + CHARACTER * (longest + 1));
    Svg svg = new Svg("matrix", width, LEGEND + HEAD + side, "Which profile can go to which other");
    key(svg);
    StringBuilder yes = new StringBuilder();
    StringBuilder unknown = new StringBuilder();
    StringBuilder no = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      int y = LEGEND + HEAD + i * CELL;
      svg.text(Anchor.END, number - 5, y + 11, Integer.toString(i + 1));
      svg.text(Anchor.START, number + side + 6, y + 11, names.get(i));
      if (rows.size() <= MAX_NUMBERED || (i + 1) % 10 == 0) {
        svg.text(
            "column",
            Anchor.MIDDLE,
            number + i * CELL + INSIDE / 2.0,
            LEGEND + HEAD - 6,
            Integer.toString(i + 1));
      }
      for (int j = 0; j < rows.get(i).length(); j++) {
        switch (rows.get(i).charAt(j)) {
          case 'C' -> square(yes, number + j * CELL, y);
          case 'U' -> half(unknown, number + j * CELL, y);
          default -> square(no, number + j * CELL, y);
        }
      }
    }
    svg.path("no", no);
    svg.path("unknown", unknown);
    svg.path("yes", yes);
    return svg.end();
  }

  private static void key(Svg svg) {
    StringBuilder yes = new StringBuilder();
    StringBuilder unknown = new StringBuilder();
    StringBuilder no = new StringBuilder();
    square(yes, 0, 2);
    half(unknown, KEY, 2);
    square(no, 2 * KEY, 2);
    svg.path("yes", yes);
    svg.path("unknown", unknown);
    svg.path("no", no);
    List<String> words = List.of("compatible", "unknown", "incompatible");
    for (int i = 0; i < words.size(); i++) {
      svg.text(Anchor.START, i * KEY + CELL + 4, 13, words.get(i));
    }
  }

  private static void square(StringBuilder path, int x, int y) {
    path.append("M%d %dh%dv%dh-%dz".formatted(x, y, INSIDE, INSIDE, INSIDE));
  }

  private static void half(StringBuilder path, int x, int y) {
    path.append("M%d %dh%dl-%d %dz".formatted(x, y, INSIDE, INSIDE, INSIDE));
  }
}
