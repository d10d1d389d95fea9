package io.fleetcompat.cli.process;

import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The rights that each process needs of a Kafka with an authorizer, and no more. It is the only
 * place that knows them: from it come the commands of {@code acls} and the table of
 * docs/operations.md. READ and WRITE of a topic imply DESCRIBE, and WRITE of any topic implies
 * IDEMPOTENT_WRITE of the cluster (Kafka, "Authorization and ACLs").
 *
 * @param applicationId the consumer group of the indexers, and the beginning of the names of their
 *     changelogs and transactions
 */
record TopicRights(Topics topics, String applicationId) {

  /** Whoever speaks to Kafka. */
  enum Client {
    /** {@code collect}. */
    COLLECT("collect"),
    /** {@code collect --probe}. */
    PROBE("collect --probe"),
    INDEX("index"),
    SERVE("serve"),
    /** An operator, with every command that asks Kafka. */
    ADMIN("commands of an operator");

    private final String words;

    Client(String words) {
      this.words = words;
    }

    /** The commands, as people type them. */
    String words() {
      return words;
    }
  }

  /** The rights of one of them, sorted; those of equal operations together. */
  List<KafkaRight> of(Client client) {
    return switch (client) {
      case COLLECT -> grouped(collect());
      case PROBE -> grouped(probe());
      case INDEX -> Stream.of(grouped(index()), ofApplication()).flatMap(List::stream).toList();
      case SERVE -> grouped(serve());
      case ADMIN -> Stream.of(grouped(admin()), rebuilding()).flatMap(List::stream).toList();
    };
  }

  private Wanted collect() {
    return new Wanted().of(AclOperation.WRITE, topics.hostInventory(), topics.hostCapacity());
  }

  private Wanted probe() {
    return collect()
        .of(AclOperation.READ, topics.probeRequests())
        .of(AclOperation.WRITE, topics.probeResults());
  }

  /** READ of all: positions in topics that were made anew are forgotten, and it says what hangs. */
  private Wanted index() {
    return new Wanted()
        .of(AclOperation.READ, all())
        .of(AclOperation.CREATE, all())
        .of(AclOperation.DESCRIBE_CONFIGS, all())
        .of(
            AclOperation.WRITE,
            topics.census(),
            topics.changes(),
            topics.placements(),
            topics.poolMembers(),
            topics.poolHealth(),
            topics.probers(),
            topics.probeRequests(),
            topics.probeVerdicts(),
            topics.profiles(),
            topics.matrix(),
            topics.alerts(),
            topics.rejected());
  }

  private List<KafkaRight> ofApplication() {
    return List.of(
        KafkaRight.beginning(
            ResourceType.TOPIC,
            applicationId + "-",
            Set.of(AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE)),
        KafkaRight.group(applicationId, Set.of(AclOperation.READ, AclOperation.DELETE)),
        KafkaRight.beginning(
            ResourceType.TRANSACTIONAL_ID, applicationId + "-", Set.of(AclOperation.WRITE)));
  }

  private Wanted serve() {
    return new Wanted()
        .of(
            AclOperation.READ,
            topics.placements(),
            topics.profiles(),
            topics.matrix(),
            topics.probeVerdicts(),
            topics.probers(),
            topics.overrides(),
            topics.poolHealth(),
            topics.hostCapacity(),
            topics.keys(),
            topics.alerts(),
            topics.changes(),
            topics.outcomes())
        .of(AclOperation.DESCRIBE_CONFIGS, topics.changes())
        .of(AclOperation.WRITE, topics.outcomes());
  }

  private Wanted admin() {
    return new Wanted()
        .of(AclOperation.CREATE, all())
        .of(AclOperation.DESCRIBE, all())
        .of(AclOperation.DESCRIBE_CONFIGS, all())
        .of(
            AclOperation.READ,
            topics.rejected(),
            topics.overrides(),
            topics.keys(),
            topics.hostInventory(),
            topics.placements(),
            topics.profiles(),
            topics.matrix(),
            topics.poolHealth(),
            topics.probeVerdicts())
        .of(
            AclOperation.WRITE,
            topics.overrides(),
            topics.keys(),
            topics.hostInventory(),
            topics.hostCapacity());
  }

  /** For {@code rebuild}, which has the changelogs made anew. */
  private List<KafkaRight> rebuilding() {
    return List.of(
        KafkaRight.beginning(ResourceType.TOPIC, applicationId + "-", Set.of(AclOperation.DELETE)),
        KafkaRight.group(applicationId, Set.of(AclOperation.DESCRIBE)));
  }

  private Topic<?, ?>[] all() {
    return topics.all().toArray(Topic<?, ?>[]::new);
  }

  private static List<KafkaRight> grouped(Wanted wanted) {
    Map<SortedSet<AclOperation>, Set<String>> names =
        wanted.byTopic.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
    List<KafkaRight> rights = new ArrayList<>();
    names.forEach((operations, of) -> rights.add(KafkaRight.topics(of, operations)));
    rights.sort((one, other) -> one.names().first().compareTo(other.names().first()));
    return rights;
  }

  /** Operations by the topics on which they are wanted. */
  private static final class Wanted {

    private final SortedMap<String, SortedSet<AclOperation>> byTopic = new TreeMap<>();

    Wanted of(AclOperation operation, Topic<?, ?>... on) {
      for (Topic<?, ?> topic : on) {
        byTopic.computeIfAbsent(topic.name(), _ -> new TreeSet<>()).add(operation);
      }
      return this;
    }
  }
}
