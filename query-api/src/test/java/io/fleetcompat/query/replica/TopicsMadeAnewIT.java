package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.IndexWriter;
import io.fleetcompat.query.clock.FleetClock;
import io.fleetcompat.query.follow.ClusterTopicIds;
import io.fleetcompat.query.follow.TopicIds;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.settings.SteadyClock;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.IndexedFleet;
import io.fleetcompat.testing.KafkaFixture;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Topics that are deleted and made anew, and are longer than the old ones when a replica looks. */
class TopicsMadeAnewIT {

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();

  /** A consumer that reads nothing while a test holds it. */
  private static final class HeldConsumer extends KafkaConsumer<byte[], byte[]> {
    private volatile CountDownLatch hold = new CountDownLatch(0);
    private volatile CountDownLatch held = new CountDownLatch(1);

    HeldConsumer(Map<String, Object> properties) {
      super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      try {
        if (hold.getCount() > 0) {
          held.countDown();
        }
        hold.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return super.poll(timeout);
    }
  }

  @Test
  void topicsThatAreLongerThanTheOldOnesAreReadFromTheirBeginningToo() throws Exception {
    HeldConsumer consumer =
        new HeldConsumer(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "none"));
    Replica replica = new Replica(IndexView.empty());
    try (IndexWriter old = new IndexWriter(kafka.bootstrapServers(), prefix);
        IndexFollower follower =
            new IndexFollower(
                consumer,
                ids(),
                old.topics(),
                replica,
                new FleetClock(SteadyClock.start()),
                Optional.empty(),
                _ -> {})) {
      fill(old, 0, 1);
      follower.start();
      Await.until("the old index is read", () -> has(replica, 0));
      consumer.hold = new CountDownLatch(1);
      consumer.held.await();
      delete(old);
      try (IndexWriter anew = new IndexWriter(kafka.bootstrapServers(), prefix)) {
        fill(anew, 1, 40);
        consumer.hold.countDown();
        Await.until(
            "the new index is read from its first host to its last, and nothing of the old is left",
            () -> has(replica, 1) && has(replica, 39) && !has(replica, 0));
        assertThat(follower.ended()).isEmpty();
      }
    }
  }

  private TopicIds ids() {
    return new ClusterTopicIds(
        () -> Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers())));
  }

  private static void fill(IndexWriter index, int from, int to) {
    index.begin();
    index.matrix();
    for (int host = from; host < to; host++) {
      index.host(host, 1);
    }
    index.commit();
  }

  private static boolean has(Replica replica, int host) {
    Snapshot snapshot = replica.snapshot();
    return snapshot.ready() && snapshot.view().fleet().find(IndexedFleet.host(host)) != null;
  }

  private void delete(IndexWriter index) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteTopics(index.topics().all().stream().map(Topic::name).toList()).all().get();
      Await.until(
          "the topics are gone",
          () -> admin.listTopics().names().get().stream().noneMatch(n -> n.startsWith(prefix)));
    }
  }
}
