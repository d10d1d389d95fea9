package io.fleetcompat.collector.publish;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log that documents are sent to, told from any other under the same name (ADR 0035): a topic
 * that was deleted and made anew has another id, and a partition that lost its end gives a record
 * an offset that it gave before. Then what was sent is gone, and whoever listens sends it again.
 * Both are learned from what the producer hears anyway.
 *
 * <p>Any thread. Listeners are called by the thread that learns it, and must not wait.
 */
final class DocumentLog {

  private static final Logger LOG = LoggerFactory.getLogger(DocumentLog.class);

  private final String topic;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private Optional<Uuid> id = Optional.empty(); // guarded by this
  private final Map<Integer, Long> offsets = new HashMap<>(); // guarded by this

  DocumentLog(String topic) {
    this.topic = topic;
  }

  String topic() {
    return topic;
  }

  /**
   * Calls that whenever what was sent is gone.
   *
   * @return ends that
   */
  Runnable onLoss(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** The topic has this id now; a topic that is not there, or whose id nobody says, has none. */
  void found(Uuid found) {
    Optional<Uuid> before;
    synchronized (this) {
      if (found.equals(Uuid.ZERO_UUID) || id.equals(Optional.of(found))) {
        return;
      }
      before = id;
      id = Optional.of(found);
      offsets.clear();
    }
    if (before.isPresent()) {
      tell("its id was " + before.get() + " and is " + found);
    }
  }

  /** Kafka has a record at this offset. */
  void acknowledged(int partition, long offset) {
    Long before;
    synchronized (this) {
      before = offsets.put(partition, offset);
    }
    if (before != null && offset <= before) {
      tell("partition %d had offset %d and gave %d again".formatted(partition, before, offset));
    }
  }

  private void tell(String how) {
    LOG.warn("{} has lost what was sent to it ({}): hosts send whole documents again", topic, how);
    listeners.forEach(Runnable::run);
  }
}
