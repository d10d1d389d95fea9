package io.fleetcompat.query.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mistakes of ours that requests find: the log shows where, but not for each of a caller who
 * has found one. Any thread.
 */
final class OwnFaults {

  private static final Logger LOG = LoggerFactory.getLogger(OwnFaults.class);

  private final SaidSeldom seldom = new SaidSeldom(System::nanoTime);

  /**
   * Tells of one.
   *
   * @param request in quotes and bounded
   */
  void tell(String request, Throwable fault) {
    seldom
        .once()
        .ifPresent(
            times ->
                LOG.error(
                    "answers that could not be made, by a mistake of ours: {}; please report the"
                        + " last, to {}",
                    times,
                    request,
                    fault));
  }
}
