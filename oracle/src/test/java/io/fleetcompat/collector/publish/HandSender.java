package io.fleetcompat.collector.publish;

import io.fleetcompat.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A collector's way to Kafka without its thread: whoever simulates it takes one record at a time.
 */
public final class HandSender {

  private final Outbox outbox = new Outbox(InventoryPublisher.MAX_IN_FLIGHT);
  private final InventoryPublisher publisher;

  public HandSender(Topics topics, SimpleMeterRegistry registry) {
    this.publisher = InventoryPublisher.into(outbox, topics, registry);
  }

  /** A record on its way. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Sent(String topic, String host, byte @Nullable [] value, Object pending) {}

  public InventoryPublisher publisher() {
    return publisher;
  }

  /** The next record, now on its way. */
  public Optional<Sent> take() {
    try {
      return !outbox.isReady()
          ? Optional.empty()
          : outbox
              .take(1)
              .map(
                  pending ->
                      new Sent(
                          pending.slot().topic(),
                          pending.slot().host(),
                          pending.content().bytes(),
                          pending));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kafka has said that it has the record. */
  public void arrived(Sent sent) {
    outbox.done((Outbox.Pending) sent.pending());
  }

  /** Nobody knows whether it has. */
  public void failed(Sent sent) {
    outbox.failed((Outbox.Pending) sent.pending());
  }
}
