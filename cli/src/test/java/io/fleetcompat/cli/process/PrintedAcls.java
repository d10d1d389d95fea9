package io.fleetcompat.cli.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The rights that kafka-acls gives for the commands that were printed for it. */
final class PrintedAcls {

  private PrintedAcls() {}

  /** The rules that these lines add; comments are left out. */
  static List<AclBinding> of(String printed) {
    return printed
        .lines()
        .filter(line -> !line.startsWith("#"))
        .flatMap(line -> rules(List.of(line.split(" ", -1))).stream())
        .toList();
  }

  private static List<AclBinding> rules(List<String> words) {
    PatternType pattern = PatternType.LITERAL;
    String principal = "";
    List<AclOperation> operations = new ArrayList<>();
    List<ResourcePattern> resources = new ArrayList<>();
    if (!words.getFirst().equals("kafka-acls.sh")) {
      throw new AssertionError("expected a command of kafka-acls.sh, found " + words);
    }
    if (words.contains("--resource-pattern-type")) {
      pattern = PatternType.PREFIXED;
    }
    for (int i = 1; i + 1 < words.size(); i++) {
      String value = words.get(i + 1);
      Optional<ResourceType> type =
          switch (words.get(i)) {
            case "--topic" -> Optional.of(ResourceType.TOPIC);
            case "--group" -> Optional.of(ResourceType.GROUP);
            case "--transactional-id" -> Optional.of(ResourceType.TRANSACTIONAL_ID);
            default -> Optional.empty();
          };
      if (type.isPresent()) {
        resources.add(new ResourcePattern(type.get(), value, pattern));
      } else if (words.get(i).equals("--operation")) {
        operations.add(operation(value));
      } else if (words.get(i).equals("--allow-principal")) {
        principal = value;
      }
    }
    List<AclBinding> rules = new ArrayList<>();
    for (ResourcePattern resource : resources) {
      for (AclOperation operation : operations) {
        rules.add(
            new AclBinding(
                resource,
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
      }
    }
    return rules;
  }

  private static AclOperation operation(String word) {
    return AclOperation.valueOf(
        word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
  }
}
