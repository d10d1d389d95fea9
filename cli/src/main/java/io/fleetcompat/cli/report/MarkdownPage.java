package io.fleetcompat.cli.report;

import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.report.Curve.Point;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A page in Markdown, as most trackers of changes show it. Plots are bars of characters. */
public final class MarkdownPage implements ReportPage {

  private static final int BAR = 40;

  /** Most points of a curve that are listed; of more, the first and the last ones. */
  private static final int MOST_POINTS = 40;

  private final StringBuilder out = new StringBuilder();

  private static String escape(String text) {
    return Printable.line(text).replaceAll("([\\\\`*_{}\\[\\]<>#|])", "\\\\$1");
  }

  @Override
  public void title(String text) {
    out.append("# ").append(escape(text)).append("\n\n");
  }

  @Override
  public void heading(String text) {
    out.append("## ").append(escape(text)).append("\n\n");
  }

  @Override
  public void paragraph(String text) {
    out.append(escape(text)).append("\n\n");
  }

  @Override
  public void table(List<String> heads, List<List<String>> rows) {
    row(heads);
    out.append("|").append("---|".repeat(heads.size())).append('\n');
    rows.forEach(this::row);
    out.append('\n');
  }

  private void row(List<String> cells) {
    out.append(
            cells.stream().map(MarkdownPage::escape).collect(Collectors.joining(" | ", "| ", " |")))
        .append('\n');
  }

  @Override
  public void plot(List<Curve> curves, List<Instant> marks) {
    for (Curve curve : curves) {
      out.append("```text\n").append(Printable.line(curve.name())).append('\n');
      List<Point> points = curve.points();
      for (int i = 0; i < points.size(); i++) {
        if (i == MOST_POINTS / 2 && points.size() > MOST_POINTS) {
          int left = points.size() - MOST_POINTS;
          out.append("(").append(left).append(" more)\n");
          i += left;
        }
        out.append(bar(points.get(i))).append('\n');
      }
      out.append("```\n\n");
    }
  }

  private static String bar(Point point) {
    int full = (int) Math.round(point.share() * BAR);
    return String.format(
        Locale.ROOT,
        "%s %s%s %5.1f %%",
        point.at(),
        "#".repeat(full),
        ".".repeat(BAR - full),
        100 * point.share());
  }

  @Override
  public void matrix(List<String> names, List<String> rows) {
    out.append("```text\n");
    for (int i = 0; i < rows.size(); i++) {
      String letters = rows.get(i).replace('C', '#').replace('U', '?').replace('I', '.');
      out.append(letters).append("  ").append(Printable.line(names.get(i))).append('\n');
    }
    out.append("```\n\n");
  }

  @Override
  public String document() {
    return out.toString();
  }
}
