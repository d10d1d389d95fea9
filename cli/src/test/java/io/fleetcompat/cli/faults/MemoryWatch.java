package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.faults.visitors.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A bound of the memory that a process ever had resident, looked at in the end. */
final class MemoryWatch implements Visitor {

  private static final long MEBI = 1 << 20;

  private final Part part;
  private final long bound;
  private long peak;

  /**
   * @param bound in bytes
   */
  MemoryWatch(Part part, long bound) {
    this.part = part;
    this.bound = bound;
  }

  @Override
  public void close() {
    try {
      peak = Usage.peak(part.pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> findings() {
    return peak <= bound ? List.of() : List.of("expected less memory, found " + seen());
  }

  @Override
  public String seen() {
    return "%s: %d MiB resident at most (bound %d MiB)"
        .formatted(part.name(), peak / MEBI, bound / MEBI);
  }
}
