package io.fleetcompat.query.replica;

import io.fleetcompat.keys.HeartbeatKey;
import io.fleetcompat.query.clock.FleetClock;
import io.fleetcompat.query.follow.FoundTopics;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.follow.TopicReader;
import io.fleetcompat.query.replica.IndexChange.HostPlaced;
import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.query.replica.IndexDecoder.Decoded;
import io.fleetcompat.query.replica.MarkedHeartbeats.Believed;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.Placement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of the index's records into the replica, which gets a snapshot per batch. No record ends
 * it: one that cannot be used is rejected. One thread; any may ask for the counts.
 */
final class IndexReader implements TopicReader {

  /**
   * Longest since it last had all there was, for heartbeats that come to have been sent just now:
   * this process may have been stopped meanwhile, and they have waited.
   */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(IndexReader.class);

  private final Replica replica;
  private final FleetClock clock;
  private final IndexDecoder decoder;
  private final RejectedRecords rejected = new RejectedRecords();
  private final LongAdder applied = new LongAdder();
  private final String heartbeats;
  private final Optional<MarkedHeartbeats> marked;
  private final LongConsumer visible;

  /**
   * The documents that the next snapshot has and the one before had not, by host: when each was
   * observed.
   */
  private final Map<String, Long> observed = new HashMap<>();

  private ViewEdit edit;
  private Optional<Long> completeSince = Optional.empty();

  /**
   * @param clock told of heartbeats
   * @param key by which heartbeats are known to be their hosts'; empty where nobody asks
   * @param visible told of each new document in how many milliseconds it has become visible, from
   *     the end of the look at the host, by the host's clock; below 0 where that is ahead
   */
  IndexReader(
      Topics topics,
      Replica replica,
      FleetClock clock,
      Optional<HeartbeatKey> key,
      LongConsumer visible) {
    this.replica = replica;
    this.clock = clock;
    this.decoder = new IndexDecoder(FollowedTopic.all(topics));
    this.heartbeats = topics.hostCapacity().name();
    this.marked = key.map(by -> new MarkedHeartbeats(by, topics));
    this.visible = visible;
    this.edit = new ViewEdit(replica.snapshot().view());
  }

  /** Records that could not be used. */
  RejectedRecords rejected() {
    return rejected;
  }

  /** Records that were used. */
  long applied() {
    return applied.sum();
  }

  @Override
  public Map<TopicPartition, Long> begin(FoundTopics topics) {
    return Map.of();
  }

  @Override
  public void read(ConsumerRecords<byte[], byte[]> records) {
    if (marked.isEmpty()) {
      hear(records);
      apply(records);
      return;
    }
    Believed believed = marked.get().believed(records, rejected, clock.millis());
    believed.ended().forEach(this::make);
    hear(believed.records());
    apply(believed.records());
  }

  @Override
  public void reached(long revision, long lag, Optional<Long> completeAt) {
    publish(revision, lag, completeAt);
  }

  @Override
  public void forget(String reason) {
    LOG.warn("the index is read again from its beginning: {}", reason);
    completeSince = Optional.empty();
    observed.clear();
    marked.ifPresent(MarkedHeartbeats::forget);
    IndexView empty = replica.snapshot().view().emptied();
    replica.publish(new Snapshot(empty, 0, 0, 0, false));
    edit = new ViewEdit(empty);
  }

  /** Takes heartbeats: those that came after all there was had been read were sent just now. */
  private void hear(ConsumerRecords<byte[], byte[]> records) {
    long now = clock.millis();
    boolean live = completeSince.filter(had -> now - had <= PAUSE.toMillis()).isPresent();
    for (ConsumerRecord<byte[], byte[]> heartbeat : records.records(heartbeats)) {
      if (heartbeat.timestampType() == TimestampType.LOG_APPEND_TIME) {
        clock.heard(heartbeat.timestamp(), live);
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
    if (change instanceof HostPlaced(String host, Placement placement)) {
      observe(host, placement);
    }
  }

  /**
   * Notes a document that was not there before. What was there when this process started is no
   * news, and a host that is placed anew by the same document is none.
   */
  private void observe(String host, Placement placement) {
    Snapshot now = replica.snapshot();
    Host before = now.view().fleet().find(host);
    boolean known =
        before != null && before.placed().version().equals(DocumentVersion.of(placement));
    if (now.ready() && !known) {
      observed.put(host, placement.getObservedAt().toEpochMilli());
    }
  }

  private void publish(long revision, long lag, Optional<Long> completeAt) {
    Snapshot before = replica.snapshot();
    completeSince = completeAt.map(_ -> clock.millis());
    if (!before.ready() && completeAt.isEmpty()) {
      replica.publish(new Snapshot(before.view(), 0, 0, lag, false));
      return;
    }
    // The clock may have been ahead before the first heartbeat came: no answer is of the future.
    long asOf = Math.min(completeAt.orElse(before.asOf()), clock.millis());
    replica.publish(new Snapshot(edit.commit(), revision, asOf, lag, true));
    observed.values().forEach(at -> visible.accept(clock.millis() - at));
    observed.clear();
  }
}
