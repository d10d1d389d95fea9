package io.fleetcompat.indexer;

import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics as they must be before the indexer may run: made where missing, else checked. */
public final class TopicSetup {

  private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

  /** Settings that must be as the catalogue says; others are the operator's affair. */
  private static final List<String> CHECKED =
      List.of(
          "cleanup.policy", "max.message.bytes", "message.timestamp.type", "min.insync.replicas");

  /** The numbers among those settings that may be larger. */
  private static final Set<String> AT_LEAST = Set.of("max.message.bytes", "min.insync.replicas");

  /** The time for a broker to be heard again that the controller has fenced. */
  private static final Duration BROKERS_WITHIN = Duration.ofSeconds(30);

  private static final Duration BROKERS_POLL = Duration.ofMillis(500);
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
  private static final Duration VISIBLE_POLL = Duration.ofMillis(20);

  /** The copies that topics have in production, where there are as many brokers. */
  private static final int USUAL_COPIES = 3;

  private TopicSetup() {}

  /** A topic is not what it must be; the message says which, how, and what to do. */
  public static final class TopicException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TopicException(String message) {
      super(message);
    }
  }

  /** Kafka did not do what was asked of it; the message says what, and what it answered. */
  public static final class AdminException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    AdminException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Makes what is missing, if it may, and checks the rest.
   *
   * @throws TopicException listing everything that is wrong
   * @throws AdminException if Kafka cannot be asked
   */
  public static void ensure(Admin admin, Topics topics, boolean create) {
    Map<String, TopicDescription> found = describe(admin, topics);
    List<String> problems = new ArrayList<>();
    for (Topic<?, ?> topic : topics.all()) {
      if (found.containsKey(topic.name())) {
        continue;
      }
      if (create) {
        create(admin, topic, topics.replicationFactor());
        awaitVisible(admin, topic.name());
      } else {
        problems.add(
            "topic %s: expected %d partitions, found no such topic; create it with 'fleetcompat topics --create', or let the indexer (create-topics=true)"
                .formatted(topic.name(), topic.partitions()));
      }
    }
    found.values().forEach(description -> checkPartitions(description, topics, problems));
    checkSettings(admin, topics, found, problems);
    if (!problems.isEmpty()) {
      throw new TopicException(String.join(System.lineSeparator(), problems));
    }
    warnOfLoss(admin, fewestCopies(topics, found));
  }

  private static void create(Admin admin, Topic<?, ?> topic, short replicationFactor) {
    NewTopic wanted =
        new NewTopic(topic.name(), topic.partitions(), replicationFactor).configs(topic.settings());
    long end = System.nanoTime() + BROKERS_WITHIN.toNanos();
    for (boolean waits = false; !isCreated(admin, wanted, end); waits = true) {
      if (!waits) {
        LOG.info("topic {} waits until the controller hears enough brokers", topic.name());
      }
      LockSupport.parkNanos(BROKERS_POLL.toNanos());
    }
  }

  /**
   * True once it is there; false where Kafka lacks brokers that are on their way.
   *
   * @param end the time until which they may be, as {@link System#nanoTime}
   */
  private static boolean isCreated(Admin admin, NewTopic wanted, long end) {
    try {
      admin.createTopics(List.of(wanted)).all().get();
      LOG.info("created topic {} with {} partitions", wanted.name(), wanted.numPartitions());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InvalidReplicationFactorException
          && System.nanoTime() < end
          && areRegistered(admin, wanted.replicationFactor())) {
        return false;
      }
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failed("create topic " + wanted.name(), e);
      }
      LOG.info("topic {} was created by somebody else meanwhile", wanted.name());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return true;
  }

  /** True for as many brokers as that, also if the controller lacks the heartbeats of some now. */
  private static boolean areRegistered(Admin admin, int brokers) {
    try {
      DescribeClusterOptions all = new DescribeClusterOptions().includeFencedBrokers(true);
      return admin.describeCluster(all).nodes().get().size() >= brokers;
    } catch (ExecutionException e) {
      LOG.debug("the brokers could not be counted", e);
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Of the topics that were there; of those that were made, what was asked for. */
  private static short fewestCopies(Topics topics, Map<String, TopicDescription> found) {
    return (short)
        found.values().stream()
            .mapToInt(description -> description.partitions().getFirst().replicas().size())
            .min()
            .orElse(topics.replicationFactor());
  }

  /** Only a warning: where Kafka does not say how many brokers there are, there is none. */
  private static void warnOfLoss(Admin admin, short copies) {
    try {
      risk(admin.describeCluster().nodes().get().size(), copies).ifPresent(LOG::warn);
    } catch (ExecutionException e) {
      LOG.debug("the brokers could not be counted", e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** A sentence on topics of one copy where there are brokers for more; mostly empty. */
  static Optional<String> risk(int brokers, short copies) {
    return copies == 1 && brokers >= USUAL_COPIES
        ? Optional.of(
            "topics have one copy on a cluster of %d brokers: when one of these is lost, so are the topics that it has; expected replication-factor=%d before topics are made (kafka-reassign-partitions gives more copies to those that are there)"
                .formatted(brokers, USUAL_COPIES))
        : Optional.empty();
  }

  /** A topic just made is not at once known to every broker. */
  private static void awaitVisible(Admin admin, String name) {
    long end = System.nanoTime() + VISIBLE_WITHIN.toNanos();
    while (existing(name, admin.describeTopics(List.of(name)).topicNameValues()).isEmpty()) {
      if (System.nanoTime() > end) {
        throw new TopicException(
            "topic %s: expected to see it within %s of its creation, found it missing; start again"
                .formatted(name, VISIBLE_WITHIN));
      }
      LockSupport.parkNanos(VISIBLE_POLL.toNanos());
    }
  }

  private static Map<String, TopicDescription> describe(Admin admin, Topics topics) {
    Map<String, TopicDescription> found = new TreeMap<>();
    List<String> names = topics.all().stream().map(Topic::name).toList();
    Map<String, KafkaFuture<TopicDescription>> asked =
        admin.describeTopics(names).topicNameValues();
    for (String name : names) {
      existing(name, asked).ifPresent(description -> found.put(name, description));
    }
    return found;
  }

  private static Optional<TopicDescription> existing(
      String name, Map<String, KafkaFuture<TopicDescription>> asked) {
    try {
      KafkaFuture<TopicDescription> future = asked.get(name);
      return future == null ? Optional.empty() : Optional.of(future.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw failed("describe topic " + name, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void checkPartitions(
      TopicDescription found, Topics topics, List<String> problems) {
    int expected = topic(topics, found.name()).partitions();
    if (found.partitions().size() != expected) {
      problems.add(
          ("topic %s: expected %d partitions, found %d; configure partitions=%d, or stop"
                  + " everything, delete the topics and let collectors send again")
              .formatted(
                  found.name(), expected, found.partitions().size(), found.partitions().size()));
    }
  }

  private static void checkSettings(
      Admin admin, Topics topics, Map<String, TopicDescription> found, List<String> problems) {
    Set<ConfigResource> resources =
        found.keySet().stream()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .collect(Collectors.toSet());
    Map<String, Config> settings = new TreeMap<>();
    try {
      admin
          .describeConfigs(resources)
          .all()
          .get()
          .forEach((resource, config) -> settings.put(resource.name(), config));
    } catch (ExecutionException e) {
      throw failed("read the settings of topics " + found.keySet(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    found.forEach(
        (name, description) ->
            checkSettings(
                topic(asReplicated(topics, description), name),
                Objects.requireNonNull(settings.get(name)),
                problems));
  }

  /** The catalogue for a topic that has these replicas: what it must be depends on them. */
  private static Topics asReplicated(Topics topics, TopicDescription found) {
    int replicas = found.partitions().getFirst().replicas().size();
    return new Topics(topics.prefix(), topics.hostPartitions(), (short) replicas);
  }

  private static void checkSettings(Topic<?, ?> topic, Config found, List<String> problems) {
    for (String setting : CHECKED) {
      String expected = topic.settings().get(setting);
      if (expected == null) {
        continue;
      }
      String value = found.get(setting).value();
      if (!suffices(setting, expected, value)) {
        problems.add(
            "topic %s: expected %s=%s, found %s; alter it: kafka-configs --alter --topic %s --add-config %s=%s"
                .formatted(
                    topic.name(), setting, expected, value, topic.name(), setting, expected));
      }
    }
  }

  private static boolean suffices(String setting, String expected, String found) {
    return AT_LEAST.contains(setting)
        ? Long.parseLong(found) >= Long.parseLong(expected)
        : found.equals(expected);
  }

  private static Topic<?, ?> topic(Topics topics, String name) {
    return topics.all().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private static AdminException failed(String what, ExecutionException e) {
    return new AdminException("could not " + what + ": " + e.getCause(), e);
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while topics were set up", e);
  }
}
