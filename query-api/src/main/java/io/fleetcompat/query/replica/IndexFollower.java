package io.fleetcompat.query.replica;

import io.fleetcompat.query.clock.FleetClock;
import io.fleetcompat.query.follow.FoundTopics;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.follow.TopicFollower;
import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.query.follow.TopicReader;
import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.query.replica.IndexDecoder.Decoded;
import io.fleetcompat.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the index topics from their beginning and publishes a snapshot per batch. No record ends
 * it: one that cannot be used is rejected. What else does not, the {@link TopicFollower} says.
 *
 * <p>One thread runs it; any thread may ask it, and close it.
 */
public final class IndexFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IndexFollower.class);

  private final TopicFollower follower;
  private final Replica replica;
  private final FleetClock clock;
  private final IndexDecoder decoder;
  private final RejectedRecords rejected = new RejectedRecords();
  private final LongAdder applied = new LongAdder();
  private final String heartbeats;
  private ViewEdit edit;
  private boolean complete;

  /**
   * @param clock told of heartbeats
   * @param consumer closed with this, as are the ids
   */
  public IndexFollower(
      Consumer<byte[], byte[]> consumer,
      TopicIds topicIds,
      Topics topics,
      Replica replica,
      FleetClock clock) {
    List<FollowedTopic<?, ?>> followed = FollowedTopic.all(topics);
    List<String> names = followed.stream().<String>map(t -> t.topic().name()).toList();
    this.follower = new TopicFollower("index", consumer, topicIds, names, new Reader(), clock);
    this.replica = replica;
    this.clock = clock;
    this.decoder = new IndexDecoder(followed);
    this.heartbeats = topics.hostCapacity().name();
    this.edit = new ViewEdit(replica.snapshot().view());
  }

  public void start() {
    follower.start();
  }

  /** Records that could not be used. */
  public RejectedRecords rejected() {
    return rejected;
  }

  /** Records that were used. */
  public long applied() {
    return applied.sum();
  }

  /** The reason why it has stopped following for good; empty while it follows. */
  public Optional<String> ended() {
    return follower.ended();
  }

  /**
   * The reason why its published snapshot may no longer be enough, although it goes on; empty where
   * it is enough.
   */
  public Optional<String> hindered() {
    return follower.hindered();
  }

  /**
   * Waits until all that Kafka had when this was called is in the newest snapshot; false where it
   * was not in time.
   */
  public boolean awaitCurrent(Duration atMost) throws InterruptedException {
    return follower.awaitCurrent(atMost);
  }

  @Override
  public void close() {
    follower.close();
  }

  /** The records' way into the replica. */
  private final class Reader implements TopicReader {

    @Override
    public Map<TopicPartition, Long> begin(FoundTopics topics) {
      return Map.of();
    }

    @Override
    public void read(ConsumerRecords<byte[], byte[]> records) {
      hear(records);
      apply(records);
    }

    @Override
    public void reached(long revision, long lag, Optional<Long> completeAt) {
      publish(revision, lag, completeAt);
    }

    @Override
    public void forget(String reason) {
      LOG.warn("the index is read again from its beginning: {}", reason);
      complete = false;
      IndexView empty = replica.snapshot().view().emptied();
      replica.publish(new Snapshot(empty, 0, 0, 0, false));
      edit = new ViewEdit(empty);
    }
  }

  /** Takes heartbeats: those that came after all there was had been read were sent just now. */
  private void hear(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> heartbeat : records.records(heartbeats)) {
      if (heartbeat.timestampType() == TimestampType.LOG_APPEND_TIME) {
        clock.heard(heartbeat.timestamp(), complete);
      }
    }
  }

  private void apply(ConsumerRecords<byte[], byte[]> records) {
    for (Decoded decoded : decoder.decode(records)) {
      if (applied(decoded) instanceof Rejected(Removal _, String reason)) {
        rejected.add(decoded.record(), reason, clock.millis());
      } else {
        applied.increment();
      }
    }
  }

  /** The change that was made: the rejection of the record where its own could not be made. */
  private IndexChange applied(Decoded decoded) {
    try {
      make(decoded.change());
      return decoded.change();
    } catch (RuntimeException | StackOverflowError e) {
      Rejected rejection = IndexDecoder.rejected(decoded.removal(), e);
      make(rejection);
      return rejection;
    }
  }

  private void make(IndexChange change) {
    edit.replay(change);
    replica.hear(change);
  }

  private void publish(long revision, long lag, Optional<Long> completeAt) {
    Snapshot before = replica.snapshot();
    complete = completeAt.isPresent();
    if (!before.ready() && completeAt.isEmpty()) {
      replica.publish(new Snapshot(before.view(), 0, 0, lag, false));
      return;
    }
    // The clock may have been wrong before the first heartbeat came: no answer is of the future.
    long asOf = completeAt.orElseGet(() -> Math.min(before.asOf(), clock.millis()));
    replica.publish(new Snapshot(edit.commit(), revision, asOf, lag, true));
  }
}
