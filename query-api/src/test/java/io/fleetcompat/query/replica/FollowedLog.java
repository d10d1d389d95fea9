package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.keys.HeartbeatKey;
import io.fleetcompat.query.clock.FleetClock;
import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.SteadyClock;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A follower of an invented log, to which a test adds records and faults. */
final class FollowedLog implements AutoCloseable {

  static final int PROFILES = 12;
  static final int HOSTS = 4;
  static final Topics TOPICS = new Topics("", 1, (short) 1);

  final IndexedFleet fleet = new IndexedFleet(3, 4, PROFILES, 2);
  final MovedClock clock = new MovedClock();
  final Replica replica = new Replica(IndexView.empty());
  final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  final MockConsumer<byte[], byte[]> kafka;
  final InventedIds ids = new InventedIds();
  final IndexFollower follower;
  final ReplicaHealth health;

  FollowedLog() {
    this(new MockConsumer<>("none"));
  }

  /** A follower that believes heartbeats alone which are marked with their hosts' keys. */
  FollowedLog(HeartbeatKey key) {
    this(new MockConsumer<>("none"), Optional.of(key));
  }

  FollowedLog(MockConsumer<byte[], byte[]> kafka) {
    this(kafka, Optional.empty());
  }

  private FollowedLog(MockConsumer<byte[], byte[]> kafka, Optional<HeartbeatKey> key) {
    this.kafka = kafka;
    follower =
        new IndexFollower(
            kafka, ids, TOPICS, replica, new FleetClock(clock.steady()), key, _ -> {});
    health = ReplicaHealth.of(replica, follower, () -> true);
  }

  /** A clock that tests move; any thread. */
  static final class MovedClock extends Clock {
    private volatile Instant now = Instant.EPOCH.plusSeconds(1000);

    void move(Duration time) {
      now = now.plus(time);
    }

    /** Time goes by only as this is moved. */
    SteadyClock steady() {
      return new SteadyClock(this, () -> TimeUnit.MILLISECONDS.toNanos(millis()));
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** Ids of topics, until a test makes them anew; any thread. */
  static final class InventedIds implements TopicIds {
    private volatile Uuid id = Uuid.ONE_UUID;

    void makeAnew() {
      id = Uuid.randomUuid();
    }

    @Override
    public Map<String, Uuid> of(List<String> topics) {
      return topics.stream().collect(Collectors.toMap(topic -> topic, _ -> id));
    }

    @Override
    public Duration retention(String topic) {
      return Duration.ofDays(30);
    }

    @Override
    public Map<TopicPartition, Long> writtenEnds(List<TopicPartition> partitions) {
      return Map.of(); // nobody waits for an end of the index
    }

    @Override
    public void close() {}
  }

  @Override
  public void close() {
    follower.close();
  }

  void start() {
    for (FollowedTopic<?, ?> followed : FollowedTopic.all(TOPICS)) {
      Topic<?, ?> topic = followed.topic();
      TopicPartition partition = new TopicPartition(topic.name(), 0);
      PartitionInfo info =
          new PartitionInfo(topic.name(), 0, Node.noNode(), new Node[0], new Node[0]);
      kafka.updatePartitions(topic.name(), List.of(info));
      begins.put(partition, 0L);
      ends.putIfAbsent(partition, 0L);
    }
    kafka.updateBeginningOffsets(begins);
    kafka.updateEndOffsets(ends);
    follower.start();
  }

  /** Gives the follower a record as soon as it polls. */
  void send(Topic<?, ?> topic, String key, byte[] value) {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    Map<TopicPartition, Long> now = Map.copyOf(ends);
    kafka.schedulePollTask(
        () -> {
          kafka.updateEndOffsets(now);
          kafka.addRecord(
              new ConsumerRecord<>(
                  topic.name(), 0, offset, key.getBytes(StandardCharsets.UTF_8), value));
          clock.move(Duration.ofSeconds(2));
        });
  }

  void sendFleet() {
    for (int n = 0; n < PROFILES; n++) {
      send(TOPICS.profiles(), key(n), Codecs.PROFILE.encode(fleet.profileRecord(n)));
    }
    fleet.matrix().forEach((key, value) -> send(TOPICS.matrix(), key.toString(), value));
    for (int host = 0; host < HOSTS; host++) {
      sendHost(host);
    }
  }

  void sendHost(int host) {
    byte[] placement = Codecs.PLACEMENT.encode(fleet.placement(host, 1));
    send(TOPICS.placements(), IndexedFleet.host(host), placement);
  }

  String key(int profile) {
    return id(profile).toString();
  }

  Fingerprint id(int profile) {
    return fleet.profiles().get(profile).fingerprint();
  }

  IndexView view() {
    return replica.snapshot().view();
  }

  Cell cell(int from, int to) {
    return view().matrix().cell(view().matrix().slot(id(from)), view().matrix().slot(id(to)));
  }

  void awaitHosts(int hosts) {
    Await.until(hosts + " hosts", () -> replica.snapshot().ready() && hosts(view()) == hosts);
  }

  static int hosts(IndexView view) {
    return view.fleet().members().size();
  }
}
