package io.fleetcompat.cli.process;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of a process about itself: {@code /health/live}, {@code /health/ready} and {@code
 * /metrics}. A process that is not live is not ready.
 *
 * @param readiness whether it does its work by now
 * @param failed whether it will never again
 * @param metrics in the Prometheus text format
 */
record HealthPages(
    Supplier<Readiness> readiness, BooleanSupplier failed, Supplier<String> metrics) {

  private static final Logger LOG = LoggerFactory.getLogger(HealthPages.class);

  /** One page. */
  record Page(int status, String text) {}

  /** A failure of ours is a page too: whoever asks must not wait for it. */
  @SuppressWarnings("IllegalCatch") // nobody else would tell the caller
  Page find(String path) {
    try {
      return switch (path) {
        case "/health/live" -> live();
        case "/health/ready" -> ready();
        case "/metrics" -> new Page(200, metrics.get());
        default -> new Page(404, "expected /health/live, /health/ready or /metrics\n");
      };
    } catch (RuntimeException e) {
      LOG.error("{} cannot be answered", path, e);
      return new Page(500, "failed: the log says why\n");
    }
  }

  private Page live() {
    return failed.getAsBoolean() ? new Page(503, "not live\n") : new Page(200, "live\n");
  }

  private Page ready() {
    Readiness found = readiness.get();
    if (found.isReady() && failed.getAsBoolean()) {
      return new Page(503, "not ready\n");
    }
    return new Page(found.isReady() ? 200 : 503, found.text() + "\n");
  }
}
