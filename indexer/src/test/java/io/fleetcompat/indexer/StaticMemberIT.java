package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade to a version with more tasks and stores, under one instance id. */
class StaticMemberIT {

  private static final String INSTANCE = "host-a";

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();
  private final Topics topics = new Topics(prefix, 2, (short) 1);

  @TempDir Path directory;

  @Test
  void aVersionWithMoreTasksGetsThemWhileTheSessionOfTheOneBeforeLasts() throws Exception {
    IndexerConfig config = config();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics, true);
      Properties before = StreamsSettings.of(config);
      before.put(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), INSTANCE);
      try (KafkaStreams old = new KafkaStreams(withOneStore(before), before)) {
        old.start();
        Await.until("the version before", () -> old.state() == KafkaStreams.State.RUNNING);
      }
      assertThat(members(admin, config)).containsExactly(INSTANCE + "-1");

      try (Indexer indexer = Indexer.start(config)) {
        Await.until("the new version to be ready", indexer::isReady);
      }
      List<String> upgraded = members(admin, config);
      assertThat(upgraded).singleElement().asString().matches(INSTANCE + "\\.[0-9a-f]{8}-1");

      try (Indexer indexer = Indexer.start(config)) {
        Await.until("the same version to be ready again", indexer::isReady);
      }
      assertThat(members(admin, config)).isEqualTo(upgraded);
    }
  }

  @Test
  void aVersionWithMoreStoresHasTheirChangelogsThoughTheOneBeforeLeadsTheGroup() throws Exception {
    IndexerConfig config = config();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics, true);
      Properties before = StreamsSettings.of(config);
      before.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve("before").toString());
      before.put(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), "host-b");
      String made = DerivedState.changelog(config.applicationId(), "hosts");
      String missing = DerivedState.changelog(config.applicationId(), "host-keys");
      try (KafkaStreams old = new KafkaStreams(withOneStore(before), before)) {
        old.start();
        Await.until("the version before", () -> old.state() == KafkaStreams.State.RUNNING);
        assertThat(admin.listTopics().names().get()).contains(made).doesNotContain(missing);
        try (Indexer indexer = Indexer.start(config)) {
          Await.until("it is ready", indexer::isReady);
          assertThat(settings(admin, missing)).isEqualTo(settings(admin, made));
          assertThat(partitions(admin, missing)).isEqualTo(partitions(admin, made));
        }
      }
    }
  }

  /** The settings of a topic alone. */
  private static Map<String, String> settings(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().values().stream()
        .flatMap(config -> config.entries().stream())
        .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
        .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
  }

  private static int partitions(Admin admin, String topic) throws Exception {
    return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
        .mapToInt(description -> description.partitions().size())
        .sum();
  }

  private static List<String> members(Admin admin, IndexerConfig config) throws Exception {
    String group = config.applicationId();
    return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
        .flatMap(description -> description.members().stream())
        .map(MemberDescription::groupInstanceId)
        .flatMap(Optional::stream)
        .toList();
  }

  private Topology withOneStore(Properties settings) {
    Topology topology = new Topology(new TopologyConfig(new StreamsConfig(settings)));
    topology.addSource(
        "host-inventory",
        Serdes.ByteArray().deserializer(),
        Serdes.ByteArray().deserializer(),
        topics.hostInventory().name());
    topology.addProcessor("place", () -> new Forgetful(), "host-inventory");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore("hosts"), Serdes.String(), Serdes.ByteArray()),
        "place");
    return topology;
  }

  /** A step that does nothing. */
  private static final class Forgetful extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    @Override
    public void process(Record<byte[], byte[]> document) {
      // What it is given is of no matter here.
    }
  }

  private IndexerConfig config() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap-servers", kafka.bootstrapServers());
    settings.put("state-dir", directory.resolve("state").toString());
    settings.put("topic-prefix", prefix);
    settings.put("partitions", "2");
    settings.put("standby-replicas", "0");
    settings.put("instance-id", INSTANCE);
    // Far longer than the test waits: that the session ends is not what helps.
    settings.put("kafka.main.consumer.session.timeout.ms", "600000");
    return IndexerConfig.parse(settings);
  }
}
