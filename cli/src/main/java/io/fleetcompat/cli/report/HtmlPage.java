package io.fleetcompat.cli.report;

import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.report.Curve.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A page in HTML that needs nothing beside itself: no script, no font, no other file. */
public final class HtmlPage implements ReportPage {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 220;
  private static final int LEFT = 50;
  private static final int FOOT = 24;
  private static final int CELL = 8;
  private static final List<String> COLOURS = List.of("#0b62a4", "#c0600c");

  private static final String STYLE =
      """
      body{font:15px/1.5 sans-serif;max-width:1000px;margin:2em auto;padding:0 1em;color:#222}
      table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid #ccc;padding:.2em .6em;
      text-align:left;vertical-align:top}svg{max-width:100%;margin:.5em 0}
      """;

  private final StringBuilder body = new StringBuilder();
  private String title = "";

  /** Nothing that the fleet says is ever markup. */
  static String escape(String text) {
    return Printable.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private void element(String name, String text) {
    body.append('<').append(name).append('>').append(escape(text));
    body.append("</").append(name).append(">\n");
  }

  @Override
  public void title(String text) {
    title = text;
    element("h1", text);
  }

  @Override
  public void heading(String text) {
    element("h2", text);
  }

  @Override
  public void paragraph(String text) {
    element("p", text);
  }

  @Override
  public void table(List<String> heads, List<List<String>> rows) {
    body.append("<table>\n<tr>");
    heads.forEach(head -> element("th", head));
    body.append("</tr>\n");
    for (List<String> row : rows) {
      body.append("<tr>");
      row.forEach(cell -> element("td", cell));
      body.append("</tr>\n");
    }
    body.append("</table>\n");
  }

  @Override
  public void plot(List<Curve> curves) {
    Instant begin =
        curves.stream().map(c -> c.points().getFirst().at()).min(Instant::compareTo).orElseThrow();
    Instant end =
        curves.stream().map(c -> c.points().getLast().at()).max(Instant::compareTo).orElseThrow();
    svg(WIDTH, HEIGHT + FOOT);
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = y(percent / 100.0);
      line(LEFT, y, WIDTH, y, "#ddd");
      text(4, y + 4, percent + " %");
    }
    text(LEFT, HEIGHT + FOOT - 6, begin.toString());
    text(WIDTH - 180, HEIGHT + FOOT - 6, end.toString());
    for (int i = 0; i < curves.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      body.append("<path fill=\"none\" stroke-width=\"2\" stroke=\"").append(colour);
      body.append("\" d=\"").append(steps(curves.get(i), begin, end)).append("\"/>\n");
      text(LEFT + 10 + 200 * i, 14, curves.get(i).name(), colour);
    }
    body.append("</svg>\n");
  }

  private static String steps(Curve curve, Instant begin, Instant end) {
    StringBuilder path = new StringBuilder();
    double before = 0;
    for (Point point : curve.points()) {
      double x = x(point.at(), begin, end);
      path.append(
          path.isEmpty()
              ? "M%s %s".formatted(number(x), number(y(point.share())))
              : "L%s %sL%s %s"
                  .formatted(number(x), number(y(before)), number(x), number(y(point.share()))));
      before = point.share();
    }
    return path.toString();
  }

  private static double x(Instant at, Instant begin, Instant end) {
    double whole = Math.max(1, Duration.between(begin, end).toMillis());
    return LEFT + (WIDTH - LEFT) * Duration.between(begin, at).toMillis() / whole;
  }

  private static double y(double share) {
    return 20 + (HEIGHT - 20) * (1 - share);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private void svg(int width, int height) {
    body.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width);
    body.append("\" height=\"").append(height).append("\" viewBox=\"0 0 ").append(width);
    body.append(' ').append(height).append("\">\n");
  }

  private void line(double x1, double y1, double x2, double y2, String colour) {
    body.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>\n"
            .formatted(number(x1), number(y1), number(x2), number(y2), colour));
  }

  private void text(double x, double y, String text) {
    text(x, y, text, "#555");
  }

  private void text(double x, double y, String text, String colour) {
    body.append(
        "<text x=\"%s\" y=\"%s\" font-size=\"12\" fill=\"%s\">%s</text>\n"
            .formatted(number(x), number(y), colour, escape(text)));
  }

  @Override
  public void matrix(List<String> names, List<String> rows) {
    int size = CELL * rows.size();
    svg(size + 420, size + 2);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.get(i).length(); j++) {
        String colour =
            switch (rows.get(i).charAt(j)) {
              case 'C' -> "#2a8f43";
              case 'U' -> "#e0b000";
              default -> "#e8e8e8";
            };
        body.append(
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
                .formatted(j * CELL, i * CELL, CELL - 1, CELL - 1, colour));
      }
      body.append(
          "<text x=\"%d\" y=\"%d\" font-size=\"7\">%s</text>\n"
              .formatted(size + 4, i * CELL + CELL - 2, escape(names.get(i))));
    }
    body.append("</svg>\n");
  }

  @Override
  public String document() {
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>"
        + escape(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n"
        + body
        + "</body>\n</html>\n";
  }
}
