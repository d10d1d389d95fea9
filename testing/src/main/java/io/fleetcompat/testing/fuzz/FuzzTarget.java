package io.fleetcompat.testing.fuzz;

import java.util.List;

/**
 * A parser of what others wrote, and the law that it keeps.
 *
 * @param name of its corpus and its grammar, {@code src/test/fuzz/NAME.inputs} and {@code .grammar}
 * @param samples good inputs that are kept elsewhere, as are the product's own rule files
 */
public record FuzzTarget(String name, List<byte[]> samples, Property property) {

  public FuzzTarget {
    samples = List.copyOf(samples);
  }

  /** A parser whose samples are its corpus and what its grammar makes. */
  public FuzzTarget(String name, Property property) {
    this(name, List.of(), property);
  }
}
