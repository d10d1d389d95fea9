package io.fleetcompat.cli.up;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts that were started: they are stopped in the opposite order, whatever fails on the way.
 */
final class Started {

  private static final Logger LOG = LoggerFactory.getLogger(Started.class);

  private final Deque<Part> parts = new ArrayDeque<>();

  private record Part(String name, AutoCloseable closing) {}

  <T extends AutoCloseable> T add(String name, T part) {
    parts.push(new Part(name, part));
    return part;
  }

  /** Stops everything; what cannot be stopped is logged, and the rest is stopped all the same. */
  @SuppressWarnings("IllegalCatch") // one part's failure must not keep the others running
  void stop(Progress progress) {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      progress.say("stopping the " + part.name());
      try {
        part.closing().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("stopping the {} failed", part.name(), e);
      }
    }
  }
}
