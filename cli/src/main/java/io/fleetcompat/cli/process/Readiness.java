package io.fleetcompat.cli.process;

import java.util.Optional;

/**
 * The answer to the question whether a process does its work by now.
 *
 * @param obstacle what is in the way, where that is known
 */
record Readiness(boolean isReady, Optional<String> obstacle) {

  static Readiness of(boolean isReady) {
    return new Readiness(isReady, Optional.empty());
  }

  /** Ready unless something is in the way. */
  static Readiness unless(Optional<String> obstacle) {
    return new Readiness(obstacle.isEmpty(), obstacle);
  }

  /** One line. */
  String text() {
    return isReady ? "ready" : obstacle.map(why -> "not ready: " + why).orElse("not ready");
  }
}
