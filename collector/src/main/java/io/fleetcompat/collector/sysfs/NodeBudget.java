package io.fleetcompat.collector.sysfs;

import java.util.Optional;

/**
 * The directories that one scan may still look into, and how many it was refused. For one thread.
 */
final class NodeBudget {

  private final int most;
  private int admitted;
  private int refused;

  NodeBudget(int most) {
    this.most = most;
  }

  /** Counts one more directory; true where it may be looked into. */
  boolean admit() {
    if (admitted >= most) {
      refused++;
      return false;
    }
    admitted++;
    return true;
  }

  int refused() {
    return refused;
  }

  /** The sentence that says how many were refused; empty where none was. */
  Optional<String> refusal() {
    return refused == 0
        ? Optional.empty()
        : Optional.of("expected at most %d directories, refused %d".formatted(most, refused));
  }
}
