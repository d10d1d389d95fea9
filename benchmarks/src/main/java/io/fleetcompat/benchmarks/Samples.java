package io.fleetcompat.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Numbers of one kind, measured repeatedly. Immutable. */
public record Samples(List<Double> sorted) {

  public Samples {
    sorted = sorted.stream().sorted().toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("expected at least one sample, found none");
    }
  }

  public static Samples of(double... samples) {
    return new Samples(Arrays.stream(samples).boxed().toList());
  }

  /** The smallest sample that so many of a hundred do not exceed (nearest rank). */
  public double percentile(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  public double median() {
    return percentile(50);
  }

  public double most() {
    return sorted.getLast();
  }
}
