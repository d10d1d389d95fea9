package io.fleetcompat.indexer;

import io.fleetcompat.schemas.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changelogs of a topology's stores. Kafka Streams has them made by the leader of the group,
 * for the stores that the leader knows: where that is an indexer of an earlier version, one of this
 * version would wait for the others for ever. So each makes those that are missing, as Kafka
 * Streams makes them.
 */
final class Changelogs {

  private static final Logger LOG = LoggerFactory.getLogger(Changelogs.class);

  private Changelogs() {}

  /** The topics that are missing are made. */
  static void ensure(Admin admin, Topology topology, IndexerConfig config) {
    try {
      Map<String, Integer> wanted = partitions(topology, config);
      wanted.keySet().removeAll(admin.listTopics().names().get());
      if (wanted.isEmpty()) {
        return;
      }
      LOG.info("makes the changelogs {}", wanted.keySet());
      Map<String, String> settings = settings(config);
      List<NewTopic> missing =
          wanted.entrySet().stream()
              .map(
                  one ->
                      new NewTopic(
                          one.getKey(),
                          Optional.of(one.getValue()),
                          Optional.of(config.topics().replicationFactor())))
              .map(topic -> topic.configs(settings))
              .toList();
      for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
        awaitMade(made);
      }
    } catch (ExecutionException e) {
      throw new TopicSetup.AdminException("could not make changelogs: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while changelogs were made", e);
    }
  }

  private static void awaitMade(KafkaFuture<Void> made)
      throws ExecutionException, InterruptedException {
    try {
      made.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
      // By another indexer, or the leader, at the same time.
    }
  }

  /** Their names, as Kafka Streams spells them. */
  static List<String> names(Topology topology, IndexerConfig config) {
    return List.copyOf(partitions(topology, config).keySet());
  }

  /** By name, as many as the task's topics have most. */
  private static Map<String, Integer> partitions(Topology topology, IndexerConfig config) {
    Map<String, Integer> inputs =
        config.topics().all().stream().collect(Collectors.toMap(Topic::name, Topic::partitions));
    Map<String, Integer> partitions = new TreeMap<>();
    for (TopologyDescription.Subtopology task : topology.describe().subtopologies()) {
      int most =
          task.nodes().stream()
              .flatMap(Changelogs::topics)
              .mapToInt(topic -> inputs.getOrDefault(topic, 1))
              .max()
              .orElse(1);
      task.nodes().stream()
          .flatMap(Changelogs::stores)
          .map(store -> DerivedState.changelog(config.applicationId(), store))
          .forEach(name -> partitions.put(name, most));
    }
    return partitions;
  }

  private static Stream<String> topics(TopologyDescription.Node node) {
    return node instanceof TopologyDescription.Source source
        ? source.topicSet().stream()
        : Stream.of();
  }

  private static Stream<String> stores(TopologyDescription.Node node) {
    Set<String> stores =
        node instanceof TopologyDescription.Processor step ? step.stores() : Set.of();
    return stores.stream();
  }

  /** Kafka Streams' own for a store of keys, and over them those that it is told. */
  private static Map<String, String> settings(IndexerConfig config) {
    Map<String, String> settings = new HashMap<>();
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
    Properties told = StreamsSettings.of(config);
    told.forEach(
        (name, value) -> {
          if (String.valueOf(name).startsWith(StreamsConfig.TOPIC_PREFIX)) {
            settings.put(
                String.valueOf(name).substring(StreamsConfig.TOPIC_PREFIX.length()),
                String.valueOf(value));
          }
        });
    return settings;
  }
}
