package io.fleetcompat.query.watch;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The events of topics, as long as these are the same topics. One thread writes; any reads.
 *
 * <p>An event that is there before its batch is complete can be read at once; {@link Tail} is only
 * of complete batches.
 */
final class FeedLog {

  private final FeedPartitions partitions;
  private final EventRing ring;
  private final long[] next; // of the writer
  private volatile Tail tail;
  private volatile Optional<String> end = Optional.empty();

  /**
   * The end of what was read, after some batch.
   *
   * @param index of the next event
   * @param id spelling of the position, in ASCII
   * @param asOf when all that Kafka had was read, milliseconds since 1970; 0 where it never was
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
  record Tail(long index, FeedPosition position, byte[] id, long asOf) {}

  FeedLog(FeedPartitions partitions, FeedPosition begin, long maxBytes) {
    this.partitions = partitions;
    this.ring = new EventRing(maxBytes, begin);
    this.next = new long[begin.size()];
    for (int i = 0; i < next.length; i++) {
      next[i] = begin.next(i);
    }
    this.tail = new Tail(0, begin, begin.text(), 0);
  }

  FeedPartitions partitions() {
    return partitions;
  }

  EventRing ring() {
    return ring;
  }

  Tail tail() {
    return tail;
  }

  /** The reason why nothing will follow any more; empty where something may. */
  Optional<String> end() {
    return end;
  }

  /** Adds an event. */
  void append(TopicPartition from, long offset, FeedTopic.Content content, long now) {
    int partition = partitions.number(from);
    next[partition] = offset + 1;
    byte[] id = FeedPosition.text(partitions.mark(), next);
    ring.append(
        new FeedEvent(ring.end(), partition, offset, now, id, content.subject(), content.json()));
  }

  /** Ends a batch: what is between events has been read, too. */
  void advance(Map<TopicPartition, Long> offsets) {
    offsets.forEach((from, offset) -> next[partitions.number(from)] = offset);
    FeedPosition position = new FeedPosition(partitions.mark(), next.clone());
    tail = new Tail(ring.end(), position, position.text(), tail.asOf());
  }

  /** All that Kafka had at a time has been read. */
  void complete(long at) {
    Tail last = tail;
    tail = new Tail(last.index(), last.position(), last.id(), at);
  }

  /** Nothing will follow. */
  void end(String reason) {
    end = Optional.of(reason);
  }
}
