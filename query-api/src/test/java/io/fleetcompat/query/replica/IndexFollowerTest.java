package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.RejectedRecords.RejectedRecord;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A follower whose records and whose Kafka are as bad as they can be. */
class IndexFollowerTest {

  private static final int PROFILES = 12;
  private static final int HOSTS = 4;
  private static final Topics TOPICS = new Topics("", 1, (short) 1);

  private final IndexedFleet fleet = new IndexedFleet(3, 4, PROFILES, 2);
  private final MovedClock clock = new MovedClock();
  private final Replica replica = new Replica(IndexView.empty());
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");
  private final IndexFollower follower = new IndexFollower(kafka, TOPICS, replica, clock);
  private final ReplicaHealth health = ReplicaHealth.of(replica, follower, () -> true);

  /** A clock that tests move; any thread. */
  private static final class MovedClock extends Clock {
    private volatile Instant now = Instant.EPOCH.plusSeconds(1000);

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

  @AfterEach
  void close() {
    follower.close();
  }

  private void start() {
    for (Topic<?, ?> topic :
        List.of(TOPICS.profiles(), TOPICS.matrix(), TOPICS.placements(), TOPICS.hostCapacity())) {
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
  private void send(Topic<?, ?> topic, String key, byte[] value) {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    Map<TopicPartition, Long> now = Map.copyOf(ends);
    kafka.schedulePollTask(
        () -> {
          kafka.updateEndOffsets(now);
          kafka.addRecord(
              new ConsumerRecord<>(
                  topic.name(), 0, offset, key.getBytes(StandardCharsets.UTF_8), value));
          clock.now = clock.now.plusSeconds(2);
        });
  }

  private void sendFleet() {
    for (int n = 0; n < PROFILES; n++) {
      send(TOPICS.profiles(), key(n), Codecs.PROFILE.encode(fleet.profileRecord(n)));
      send(TOPICS.matrix(), key(n), Codecs.MATRIX_ROW.encode(fleet.row(n)));
    }
    send(
        TOPICS.matrix(), "generation", Codecs.MATRIX_GENERATION.encode(fleet.generation(PROFILES)));
    for (int host = 0; host < HOSTS; host++) {
      sendHost(host);
    }
  }

  private void sendHost(int host) {
    byte[] placement = Codecs.PLACEMENT.encode(fleet.placement(host, 1));
    send(TOPICS.placements(), IndexedFleet.host(host), placement);
  }

  private String key(int profile) {
    return id(profile).toString();
  }

  private Fingerprint id(int profile) {
    return fleet.profiles().get(profile).fingerprint();
  }

  private IndexView view() {
    return replica.snapshot().view();
  }

  private Cell cell(int from, int to) {
    return view().matrix().cell(view().matrix().slot(id(from)), view().matrix().slot(id(to)));
  }

  private void awaitHosts(int hosts) {
    Await.until(hosts + " hosts", () -> replica.snapshot().ready() && hosts(view()) == hosts);
  }

  private static int hosts(IndexView view) {
    return view.fleet().members().size();
  }

  @Test
  void aRowWhoseBitmapIsCutIsRejectedAndThePairsOfItsProfileAreNotIndexed() {
    start();
    sendFleet();
    awaitHosts(HOSTS);
    assertThat(cell(3, 3)).isEqualTo(Cell.COMPATIBLE);
    MatrixRow row = fleet.row(3);
    byte[] bytes = new byte[row.getCompatible().remaining()];
    row.getCompatible().duplicate().get(bytes);
    MatrixRow cut =
        new MatrixRow(
            3,
            ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length - 1)),
            row.getUnknown(),
            row.getCompatibleSources(),
            row.getUnknownSources());
    send(TOPICS.matrix(), key(3), Codecs.MATRIX_ROW.encode(cut));
    sendHost(HOSTS);
    awaitHosts(HOSTS + 1);
    assertThat(follower.rejected().count()).isEqualTo(1);
    RejectedRecord rejected = follower.rejected().newest().getFirst();
    assertThat(rejected.record()).isEqualTo("matrix-0@" + (PROFILES + 1));
    assertThat(rejected.reason()).contains("RoaringBitmap", "BufferUnderflow");
    assertThat(cell(3, 3)).isEqualTo(Cell.NOT_INDEXED);
    assertThat(cell(2, 2)).isEqualTo(Cell.COMPATIBLE);
    assertThat(health.notReady()).isEmpty();
    send(TOPICS.matrix(), key(3), Codecs.MATRIX_ROW.encode(fleet.row(3)));
    sendHost(HOSTS + 1);
    awaitHosts(HOSTS + 2);
    assertThat(cell(3, 3)).as("a newer row heals it").isEqualTo(Cell.COMPATIBLE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whateverARecordHoldsIsItsOwnRejectionAndNothingElseIsLost(long seed) {
    Random random = new Random(seed);
    start();
    sendFleet();
    int bad = 300;
    for (int i = 0; i < bad; i++) {
      hostile(random, i);
    }
    sendHost(HOSTS);
    awaitHosts(HOSTS + 1);
    assertThat(health.notReady()).as("seed %d", seed).isEmpty();
    assertThat(follower.rejected().count() + follower.applied())
        .as("seed %d", seed)
        .isEqualTo(2L * PROFILES + 1 + HOSTS + bad + 1);
    assertThat(follower.rejected().count()).isPositive();
    assertThat(follower.rejected().newest()).hasSizeLessThanOrEqualTo(RejectedRecords.MAX_NEWEST);
  }

  /** A record of somebody else's key with some of its bytes cut, changed, or of another topic. */
  private void hostile(Random random, int number) {
    byte[] bytes =
        switch (random.nextInt(5)) {
          case 0 -> Codecs.PLACEMENT.encode(fleet.placement(9, 1));
          case 1 -> Codecs.MATRIX_ROW.encode(fleet.row(random.nextInt(PROFILES)));
          case 2 -> Codecs.PROFILE.encode(fleet.profileRecord(random.nextInt(PROFILES)));
          case 3 -> Codecs.HOST_CAPACITY.encode(fleet.capacity(9, 1, Instant.EPOCH));
          default -> Codecs.MATRIX_GENERATION.encode(fleet.generation(number));
        };
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[10 + random.nextInt(bytes.length - 10)] = (byte) random.nextInt();
    }
    byte[] cut = random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length));
    String key = random.nextBoolean() ? "f".repeat(32) : "hostile-" + number % 7;
    List<Topic<?, ?>> topics =
        List.of(TOPICS.profiles(), TOPICS.matrix(), TOPICS.placements(), TOPICS.hostCapacity());
    send(topics.get(random.nextInt(topics.size())), key, cut);
  }

  @Test
  void kafkaThatRefusesUsIsAskedAgainAndReadyEndsAfterAWhile() {
    start();
    sendFleet();
    awaitHosts(HOSTS);
    for (int i = 0; i < 3; i++) {
      kafka.schedulePollTask(
          () -> {
            clock.now = clock.now.plus(KafkaFaults.MOST.dividedBy(2));
            kafka.setPollException(new SaslAuthenticationException("not these credentials"));
          });
    }
    Await.until("it is not ready", () -> health.notReady().isPresent());
    assertThat(health.notReady().orElseThrow()).contains("not these credentials");
    assertThat(health.notAlive()).isEmpty();
    assertThat(hosts(view())).as("answers go on").isEqualTo(HOSTS);
    sendHost(HOSTS);
    awaitHosts(HOSTS + 1);
    Await.until("it is ready again", () -> health.notReady().isEmpty());
  }

  @Test
  void kafkaThatIsAwayLeavesTheReplicaReady() {
    start();
    sendFleet();
    awaitHosts(HOSTS);
    for (int i = 0; i < 3; i++) {
      kafka.schedulePollTask(
          () -> {
            clock.now = clock.now.plus(KafkaFaults.MOST);
            kafka.setPollException(new TimeoutException("nobody answers"));
          });
    }
    sendHost(HOSTS);
    awaitHosts(HOSTS + 1);
    assertThat(health.notReady()).isEmpty();
  }

  @Test
  void topicsThatWereMadeAnewAreReadFromTheirBeginningAndNothingOfTheOldIsLeft() {
    start();
    sendFleet();
    awaitHosts(HOSTS);
    kafka.schedulePollTask(
        () -> {
          ends.replaceAll((partition, _) -> 0L);
          kafka.updateEndOffsets(ends);
          kafka.setPollException(new OffsetOutOfRangeException(Map.of()));
        });
    Await.until("it has begun again", () -> hosts(view()) == 0);
    Await.until("it is ready", () -> health.notReady().isEmpty());
    assertThat(cell(2, 2)).isEqualTo(Cell.NOT_INDEXED);
    sendHost(0);
    awaitHosts(1);
  }

  @Test
  void aFollowerThatEndsIsNeitherAliveNorReady() {
    start();
    sendFleet();
    awaitHosts(HOSTS);
    kafka.schedulePollTask(
        () -> {
          throw new LinkageError("a broken machine");
        });
    Await.until("it has ended", () -> health.notAlive().isPresent());
    assertThat(health.notAlive().orElseThrow()).contains("a broken machine");
    assertThat(health.notReady()).isEqualTo(health.notAlive());
  }

  @Test
  void pausesDoubleUpToABoundAndBeginAgainOnceKafkaHasAnswered() {
    KafkaFaults faults = new KafkaFaults();
    Duration pause = faults.failed(new KafkaException("a"), 0);
    assertThat(pause).isEqualTo(KafkaFaults.FIRST_PAUSE);
    for (int i = 0; i < 20; i++) {
      Duration next = faults.failed(new KafkaException("a"), 0);
      assertThat(next).isBetween(pause, KafkaFaults.LONGEST_PAUSE);
      pause = next;
    }
    assertThat(pause).isEqualTo(KafkaFaults.LONGEST_PAUSE);
    faults.overcome();
    assertThat(faults.failed(new KafkaException("a"), 0)).isEqualTo(KafkaFaults.FIRST_PAUSE);
  }
}
