package io.fleetcompat.cli.report;

import java.time.Instant;
import java.util.List;

/**
 * A share over time.
 *
 * @param points in order of time; a share holds until the next
 */
public record Curve(String name, List<Point> points) {

  /**
   * A share from some time on.
   *
   * @param share between 0 and 1
   */
  public record Point(Instant at, double share) {}

  public Curve {
    points = List.copyOf(points);
  }
}
