package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import io.fleetcompat.testing.KillableProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The indexer as a process, against a real broker. */
class IndexerIT {

  private static final int PARTITIONS = 3;
  private static final int KILLS = 3;
  private static final int EVENTS_BETWEEN_KILLS = 120;
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(2);

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();
  private final Topics topics = new Topics(prefix, PARTITIONS, (short) 1);

  @TempDir Path directory;

  @Test
  void killedAtAnyMomentItLosesNothingAndChangesNoAnswer() throws Exception {
    long seed = 42;
    History history = new History(seed);
    try (KillableProcess indexer = indexer(Map.of());
        KafkaProducer<byte[], byte[]> producer = producer();
        IndexTopics index = new IndexTopics(kafka.bootstrapServers(), ensured())) {
      for (int kill = 0; kill < KILLS; kill++) {
        send(producer, history.events(EVENTS_BETWEEN_KILLS));
        int before = index.published.placementRecords;
        Await.until("placements to flow", () -> index.poll().placementRecords > before);
        send(producer, history.events(EVENTS_BETWEEN_KILLS));
        indexer.killAndStart();
      }
      awaitModel(index, history, seed);
      assertThat(index.published.disagreements(new Judge(Set.of()))).as("seed %d", seed).isEmpty();
      assertThat(indexer.isAlive()).as("log: %s", indexer.log()).isTrue();
    }
  }

  @Test
  void otherRulesJudgeEverythingAgain() throws Exception {
    History history = new History(7);
    try (KafkaProducer<byte[], byte[]> producer = producer();
        IndexTopics index = new IndexTopics(kafka.bootstrapServers(), ensured())) {
      try (KillableProcess indexer = indexer(Map.of())) {
        send(producer, history.events(EVENTS_BETWEEN_KILLS));
        awaitModel(index, history, 7);
        assertThat(indexer.isAlive()).isTrue();
      }
      Judge mutual = new Judge(Set.of(Policy.MUTUAL));
      try (KillableProcess indexer = indexer(Map.of("policies", "mutual"))) {
        Await.until(
            "the matrix of the other rules",
            CAUGHT_UP_WITHIN,
            () -> {
              Published published = index.poll();
              return published.ruleSet().equals(mutual.ruleSet().toString())
                  && published.disagreements(mutual).isEmpty();
            },
            held -> held);
        assertThat(indexer.isAlive()).isTrue();
      }
    }
  }

  @Test
  void aTopicThatIsNotAsItMustBeIsRefusedPlainly() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      String name = topics.placements().name();
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
      assertThatThrownBy(() -> TopicSetup.ensure(admin, topics, true))
          .isInstanceOf(TopicSetup.TopicException.class)
          .hasMessageContaining(name)
          .hasMessageContaining("expected " + PARTITIONS);
    }
  }

  private KillableProcess indexer(Map<String, String> more) throws IOException {
    return new KillableProcess(IndexerMain.class, directory, settings(more));
  }

  private void awaitModel(IndexTopics index, History history, long seed) {
    Await.until(
        "the model's placements, judged (seed " + seed + ")",
        CAUGHT_UP_WITHIN,
        () -> {
          Published published = index.poll();
          return published.placed().equals(history.model())
              && published.disagreements(new Judge(Set.of())).isEmpty();
        },
        held -> held);
  }

  /** The topics are there before anybody reads them. */
  private Topics ensured() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics, true);
    }
    return topics;
  }

  private Map<String, String> settings(Map<String, String> more) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap-servers", kafka.bootstrapServers());
    settings.put("state-dir", directory.resolve("state").toString());
    settings.put("topic-prefix", prefix);
    settings.put("partitions", String.valueOf(PARTITIONS));
    settings.put("standby-replicas", "0");
    settings.put("instance-id", "only");
    settings.put("kafka.session.timeout.ms", "6000");
    settings.put("kafka.producer.transaction.timeout.ms", "10000");
    settings.putAll(more);
    return settings;
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "0"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void send(KafkaProducer<byte[], byte[]> producer, List<History.Event> events)
      throws InterruptedException, ExecutionException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (History.Event event : events) {
      byte[] key = event.host().getBytes(StandardCharsets.UTF_8);
      int partition = HostPartitioner.partition(event.host(), PARTITIONS);
      String topic = topics.hostInventory().name();
      sent.add(producer.send(new ProducerRecord<>(topic, partition, key, event.value())));
    }
    for (Future<RecordMetadata> acknowledged : sent) {
      acknowledged.get();
    }
  }
}
