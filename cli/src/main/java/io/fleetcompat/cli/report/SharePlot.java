package io.fleetcompat.cli.report;

import io.fleetcompat.cli.report.Curve.Point;
import io.fleetcompat.cli.report.Svg.Anchor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** The drawing of shares over time. Pure. */
final class SharePlot {

  private static final int WIDTH = 940;
  private static final int LEFT = 50;
  private static final int RIGHT = 930;
  private static final int TOP = 34;
  private static final int BOTTOM = 234;
  private static final int HEIGHT = 260;
  private static final int LEGEND = 130;
  private static final List<String> STYLES = List.of("first", "second");

  private final Instant begin;
  private final Instant end;
  private final Svg svg =
      new Svg("plot", WIDTH, HEIGHT, "Movable share over time, between 0 and 100 %");

  private SharePlot(List<Curve> curves) {
    this.begin =
        curves.stream().map(c -> c.points().getFirst().at()).min(Instant::compareTo).orElseThrow();
    this.end =
        curves.stream().map(c -> c.points().getLast().at()).max(Instant::compareTo).orElseThrow();
  }

  /**
   * @param curves at least one
   * @param marks those outside of the curves' time are left out
   */
  static String of(List<Curve> curves, List<Instant> marks) {
    SharePlot plot = new SharePlot(curves);
    plot.axes();
    List<Instant> inside =
        marks.stream().filter(at -> !at.isBefore(plot.begin) && !at.isAfter(plot.end)).toList();
    inside.forEach(at -> plot.svg.line("mark", plot.x(at), TOP, plot.x(at), BOTTOM));
    for (int i = 0; i < curves.size(); i++) {
      String style = "curve " + STYLES.get(i % STYLES.size());
      plot.svg.path(style, plot.steps(curves.get(i)));
      plot.legend(i, style, curves.get(i).name());
    }
    if (!inside.isEmpty()) {
      plot.legend(curves.size(), "mark", "an upgrade begins");
    }
    return plot.svg.end();
  }

  private void axes() {
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = y(percent / 100.0);
      svg.line("grid", LEFT, y, RIGHT, y);
      svg.text(Anchor.END, LEFT - 8, y + 4, percent + " %");
    }
    Instant middle = begin.plus(Duration.between(begin, end).dividedBy(2));
    Stream.of(begin, middle, end).forEach(at -> svg.line("grid", x(at), TOP, x(at), BOTTOM + 5));
    svg.text(Anchor.START, LEFT, HEIGHT - 8, words(begin));
    svg.text(Anchor.MIDDLE, x(middle), HEIGHT - 8, words(middle));
    svg.text(Anchor.END, RIGHT, HEIGHT - 8, words(end));
  }

  private static String words(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private void legend(int number, String style, String name) {
    double x = LEFT + number * LEGEND;
    svg.line(style, x, 14, x + 24, 14);
    svg.text(Anchor.START, x + 30, 18, name);
  }

  private String steps(Curve curve) {
    StringBuilder path = new StringBuilder();
    for (Point point : curve.points()) {
      path.append(path.isEmpty() ? "M" : "H").append(Svg.number(x(point.at())));
      path.append(path.indexOf("H") < 0 ? " " : "V").append(Svg.number(y(point.share())));
    }
    return path.toString();
  }

  private double x(Instant at) {
    double whole = Math.max(1, Duration.between(begin, end).toMillis());
    return LEFT + (RIGHT - LEFT) * Duration.between(begin, at).toMillis() / whole;
  }

  private static double y(double share) {
    return TOP + (BOTTOM - TOP) * (1 - share);
  }
}
