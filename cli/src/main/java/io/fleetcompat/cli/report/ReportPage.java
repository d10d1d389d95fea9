package io.fleetcompat.cli.report;

import java.time.Instant;
import java.util.List;

/** A page that a report is written on, part by part. All texts are escaped by it. One thread. */
public interface ReportPage {

  void title(String text);

  void heading(String text);

  void paragraph(String text);

  /** A table; each row has as many cells as the heads. */
  void table(List<String> heads, List<List<String>> rows);

  /**
   * Shares over time, each between 0 and 1, as steps.
   *
   * @param marks times to be shown beside them, where the page can draw
   */
  void plot(List<Curve> curves, List<Instant> marks);

  /**
   * A matrix in letters: C compatible, U unknown, I incompatible.
   *
   * @param names of rows and columns, in their order
   * @param rows one letter for each column
   */
  void matrix(List<String> names, List<String> rows);

  /** All that was written, as one document. */
  String document();
}
