package io.fleetcompat.collector.publish;

import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A collector's way to Kafka without its thread: whoever simulates it takes one record at a time.
 */
public final class HandSender {

  private final Outbox outbox = new Outbox(InventoryPublisher.MAX_IN_FLIGHT);
  private final HostKeys keys;
  private final RecordMarks marks;
  private final InventoryPublisher publisher;

  public HandSender(Topics topics, HostKeys keys, SimpleMeterRegistry registry) {
    this.keys = keys;
    this.marks = new RecordMarks(keys, topics);
    this.publisher = InventoryPublisher.into(outbox, marks, topics, registry);
  }

  /**
   * A record on its way.
   *
   * @param headers with its mark
   * @param generation of the key that marked it; 0 where none has
   * @param epoch of the host's collector
   * @param number that of a later record is greater
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Sent(
      String topic,
      String host,
      byte @Nullable [] value,
      List<Header> headers,
      int generation,
      long epoch,
      long number,
      Object pending) {}

  public InventoryPublisher publisher() {
    return publisher;
  }

  /** The next record, now on its way. */
  public Optional<Sent> take() {
    try {
      return outbox.isReady() ? outbox.take(1).map(this::marked) : Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Sent marked(Outbox.Pending pending) {
    Outbox.Slot slot = pending.slot();
    Outbox.Content content = pending.content();
    try {
      return new Sent(
          slot.topic(),
          slot.host(),
          content.bytes(),
          marks.of(slot, RecordKeys.HOST.encode(slot.host()), content),
          keys.of(slot.host()).map(HostKey::generation).orElse(0),
          content.epoch(),
          content.number(),
          pending);
    } catch (IOException e) {
      throw new IllegalStateException("simulated hosts have a key, or need none", e);
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
