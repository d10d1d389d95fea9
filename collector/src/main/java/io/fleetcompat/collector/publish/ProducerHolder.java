package io.fleetcompat.collector.publish;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer that is in use. One that is given up is closed, and the next that is asked for is
 * another. For one thread; any gives it up.
 */
final class ProducerHolder {

  private static final Logger LOG = LoggerFactory.getLogger(ProducerHolder.class);

  private final Supplier<Producer<byte[], byte[]>> producers;
  private volatile boolean broken;
  private @Nullable Producer<byte[], byte[]> producer;

  ProducerHolder(Supplier<Producer<byte[], byte[]>> producers) {
    this.producers = producers;
  }

  /** The producer; throws what making one throws. */
  Producer<byte[], byte[]> open() {
    if (broken) {
      close();
      broken = false;
    }
    Producer<byte[], byte[]> open = producer;
    if (open == null) {
      open = producers.get();
      producer = open;
    }
    return open;
  }

  /** The producer takes or tells nothing any more. */
  void giveUp() {
    broken = true;
  }

  void close() {
    Producer<byte[], byte[]> open = producer;
    producer = null;
    if (open == null) {
      return;
    }
    try {
      open.close(Duration.ZERO);
    } catch (RuntimeException e) {
      LOG.debug("A producer that is given up did not close", e);
    }
  }
}
