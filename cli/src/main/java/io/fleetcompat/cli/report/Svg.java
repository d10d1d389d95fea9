package io.fleetcompat.cli.report;

import java.util.Locale;

/** A drawing within a page: its colours are classes that the page's style knows. One thread. */
final class Svg {

  private final StringBuilder body = new StringBuilder();

  /**
   * @param name what it shows, for those who cannot see it
   */
  Svg(String style, int width, int height, String name) {
    body.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"%s\" width=\"%d\" height=\"%d\""
            .formatted(style, width, height));
    body.append(" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"".formatted(width, height));
    body.append(HtmlPage.escape(name)).append("\">\n");
  }

  /** The sides of a point at which its text may stand. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    body.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  void path(String style, CharSequence path) {
    if (!path.isEmpty()) {
      body.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(style, path));
    }
  }

  void text(Anchor anchor, double x, double y, String text) {
    text("label", anchor, x, y, text);
  }

  void text(String style, Anchor anchor, double x, double y, String text) {
    body.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(
                style,
                number(x),
                number(y),
                anchor.name().toLowerCase(Locale.ROOT),
                HtmlPage.escape(text)));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  String end() {
    return body.append("</svg>\n").toString();
  }
}
