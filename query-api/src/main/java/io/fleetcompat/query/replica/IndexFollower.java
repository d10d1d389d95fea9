package io.fleetcompat.query.replica;

import io.fleetcompat.keys.HeartbeatKey;
import io.fleetcompat.query.clock.FleetClock;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.follow.TopicFollower;
import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Follows the index topics from their beginning: what is read goes to an {@link IndexReader}. What
 * does not end it, the {@link TopicFollower} says.
 *
 * <p>One thread runs it; any thread may ask it, and close it.
 */
public final class IndexFollower implements AutoCloseable {

  private final TopicFollower follower;
  private final IndexReader reader;

  /**
   * @param clock told of heartbeats
   * @param key by which heartbeats are known to be their hosts'; empty where nobody asks
   * @param visible told of each new document in how many milliseconds it has become visible
   * @param consumer closed with this, as are the ids
   */
  public IndexFollower(
      Consumer<byte[], byte[]> consumer,
      TopicIds topicIds,
      Topics topics,
      Replica replica,
      FleetClock clock,
      Optional<HeartbeatKey> key,
      LongConsumer visible) {
    this.reader = new IndexReader(topics, replica, clock, key, visible);
    this.follower =
        new TopicFollower("index", consumer, topicIds, names(topics, key), reader, clock);
  }

  /** The names of the topics that are followed. */
  static List<String> names(Topics topics, Optional<HeartbeatKey> key) {
    List<String> names = new ArrayList<>();
    // Before all others: of a host whose key is not known yet, every generation counts.
    key.ifPresent(_ -> names.add(topics.keys().name()));
    FollowedTopic.all(topics).forEach(followed -> names.add(followed.topic().name()));
    return names;
  }

  public void start() {
    follower.start();
  }

  /** Records that could not be used. */
  public RejectedRecords rejected() {
    return reader.rejected();
  }

  /** Records that were used. */
  public long applied() {
    return reader.applied();
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
}
