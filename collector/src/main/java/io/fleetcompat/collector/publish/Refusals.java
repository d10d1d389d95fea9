package io.fleetcompat.collector.publish;

import io.fleetcompat.schemas.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts whose newest document will not reach Kafka, and why. Documents are numbered as they are
 * handed over, so that the answer to an older one, which may arrive late, settles nothing of a
 * newer one. Guarded by itself; any number of threads.
 */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private record Refusal(long number, String why) {}

  private final Map<String, Refusal> byHost = new HashMap<>();
  private long last;

  /** The number of the next record; every later one has a greater number. */
  synchronized long next() {
    return ++last;
  }

  /** The reason against a record that no reader would take. */
  static String notAcceptable(Outbox.Slot slot, String found) {
    return "expected a record for %s of at most %d bytes that readers accept, found %s"
        .formatted(slot.topic(), Limits.RECORD_BYTES, found);
  }

  /**
   * Takes note that a record is refused, unless a newer one of the host is; says so in the log
   * where that is news.
   *
   * @param why what was expected of the record and what was found
   */
  void refuse(Outbox.Slot slot, long number, String why) {
    if (isNews(slot.host(), new Refusal(number, why))) {
      LOG.error("{}: {}; it sends no sign of life until that is mended", slot.host(), why);
    }
  }

  private synchronized boolean isNews(String host, Refusal refusal) {
    Refusal before = byHost.get(host);
    if (before != null && before.number() > refusal.number()) {
      return false;
    }
    byHost.put(host, refusal);
    return before == null || !before.why().equals(refusal.why());
  }

  /** Forgets the refusal of a host's record where one that is not older is on its way or there. */
  synchronized void settle(String host, long number) {
    Refusal refusal = byHost.get(host);
    if (refusal != null && refusal.number() <= number) {
      byHost.remove(host);
    }
  }

  /** The reason why the host's newest document was refused; empty where it was not. */
  synchronized Optional<String> of(String host) {
    return Optional.ofNullable(byHost.get(host)).map(Refusal::why);
  }
}
