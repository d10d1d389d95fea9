package io.fleetcompat.cli.process;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The operations that a process needs on some resources of Kafka alike.
 *
 * @param names of resources, or beginnings of names where the pattern is {@link
 *     PatternType#PREFIXED}
 */
record KafkaRight(
    ResourceType type,
    PatternType pattern,
    SortedSet<String> names,
    SortedSet<AclOperation> operations) {

  KafkaRight {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    operations = Collections.unmodifiableSortedSet(new TreeSet<>(operations));
    if (names.isEmpty() || operations.isEmpty()) {
      throw new IllegalArgumentException("expected names and operations, found none");
    }
  }

  static KafkaRight topics(Set<String> names, Set<AclOperation> operations) {
    return new KafkaRight(
        ResourceType.TOPIC, PatternType.LITERAL, new TreeSet<>(names), new TreeSet<>(operations));
  }

  static KafkaRight group(String name, Set<AclOperation> operations) {
    return new KafkaRight(
        ResourceType.GROUP,
        PatternType.LITERAL,
        new TreeSet<>(Set.of(name)),
        new TreeSet<>(operations));
  }

  static KafkaRight beginning(ResourceType type, String prefix, Set<AclOperation> operations) {
    return new KafkaRight(
        type, PatternType.PREFIXED, new TreeSet<>(Set.of(prefix)), new TreeSet<>(operations));
  }
}
