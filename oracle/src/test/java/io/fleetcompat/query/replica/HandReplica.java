package io.fleetcompat.query.replica;

import io.fleetcompat.keys.HeartbeatKey;
import io.fleetcompat.query.clock.FleetClock;
import io.fleetcompat.query.follow.HandLog;
import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.SteadyClock;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;

/** A replica without its thread. */
public final class HandReplica {

  private final Replica replica = new Replica(IndexView.empty());
  private final FleetClock clock;
  private final IndexReader reader;
  private final HandLog log;

  public HandReplica(
      Topics topics,
      Consumer<byte[], byte[]> consumer,
      TopicIds ids,
      SteadyClock steady,
      Optional<HeartbeatKey> key) {
    this.clock = new FleetClock(steady);
    this.reader = new IndexReader(topics, replica, clock, key, _ -> {});
    this.log = new HandLog(consumer, ids, IndexFollower.names(topics, key), reader, clock);
  }

  /** Reads once. */
  public void step() {
    log.step();
  }

  public Snapshot snapshot() {
    return replica.snapshot();
  }

  public LastSeen lastSeen() {
    return replica.lastSeen();
  }

  public FleetClock clock() {
    return clock;
  }

  /** The digest of the document that a host's placement was made from. */
  public Optional<DocumentDigest> document(String host) {
    return Optional.ofNullable(replica.snapshot().view().fleet().find(host))
        .flatMap(found -> found.placed().document().digest());
  }

  /** The document that a host's placement was made from, as people read it. */
  public String placed(String host) {
    Host found = replica.snapshot().view().fleet().find(host);
    return found == null ? "nothing" : found.placed().document().toString();
  }

  /** Records that could not be used. */
  public long rejected() {
    return reader.rejected().count();
  }
}
