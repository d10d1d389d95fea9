package io.fleetcompat.query.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The count of requests that the server itself refuses, before there is a route. Any thread. */
final class Refused {

  private static final Logger LOG = LoggerFactory.getLogger(Refused.class);

  private final MeterRegistry registry;
  private final SaidSeldom seldom = new SaidSeldom(System::nanoTime);

  Refused(MeterRegistry registry) {
    this.registry = registry;
    count(registry, 400); // so that it is 0, and not missing, while there are none
  }

  /**
   * Counts one.
   *
   * @param found what was wrong, in quotes and bounded
   */
  void tell(int status, String found) {
    count(registry, status).increment();
    seldom
        .once()
        .ifPresent(
            times ->
                LOG.info(
                    "requests that cannot be read: {}; of the last: {} {}", times, status, found));
  }

  private static Counter count(MeterRegistry registry, int status) {
    return Counter.builder("fleetcompat.query.refused.requests")
        .description("Requests that are none, by status")
        .tag("status", String.valueOf(status))
        .register(registry);
  }
}
