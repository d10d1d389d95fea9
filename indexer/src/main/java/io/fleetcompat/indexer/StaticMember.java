package io.fleetcompat.indexer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The name by which a restarted indexer is known to its group (KIP-345): the configured one and a
 * digest of the topology. A group gives a member that it knows the partitions that it had, and
 * makes no new assignment; so a version with one more task or store under the old name would never
 * get them, and Kafka Streams would never make their changelogs.
 */
final class StaticMember {

  private static final int DIGEST_DIGITS = 8;
  private static final Logger LOG = LoggerFactory.getLogger(StaticMember.class);

  private final String instanceId;
  private final String name;

  /**
   * @param instanceId the configured name
   */
  StaticMember(String instanceId, Topology topology) {
    this.instanceId = instanceId;
    this.name = instanceId + "." + digest(topology.describe());
  }

  /** The name of the group's member; Kafka Streams appends the number of the thread. */
  String name() {
    return name;
  }

  /**
   * Removes the members that this indexer was under another topology, so that nothing waits for
   * their sessions to end. Where Kafka refuses, that is what happens, and it is said.
   *
   * @param group the application's id
   */
  void removeFormer(Admin admin, String group) {
    try {
      List<MemberToRemove> former =
          members(admin, group).stream()
              .map(MemberDescription::groupInstanceId)
              .flatMap(Optional::stream)
              .filter(this::isFormer)
              .map(MemberToRemove::new)
              .toList();
      if (!former.isEmpty()) {
        LOG.info("the topology is another: {} leaves the group as {} members", name, former.size());
        admin
            .removeMembersFromConsumerGroup(
                group, new RemoveMembersFromConsumerGroupOptions(former))
            .all()
            .get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | KafkaException e) {
      LOG.warn(
          "the former members of {} in the group {} stay until their sessions end: {}",
          name,
          group,
          String.valueOf(e.getMessage()));
    }
  }

  private static Collection<MemberDescription> members(Admin admin, String group)
      throws InterruptedException, ExecutionException {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .flatMap(description -> description.members().stream())
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw e;
    }
  }

  /** True for a thread of this indexer under another topology, or of a version without digests. */
  private boolean isFormer(String member) {
    return Pattern.matches(Pattern.quote(instanceId) + "(\\.[0-9a-f]{8})?-[0-9]+", member)
        && !member.startsWith(name + "-");
  }

  /** Equal for topologies that are assigned alike: of the same tasks, topics and stores. */
  private static String digest(TopologyDescription topology) {
    TreeSet<String> parts = new TreeSet<>();
    for (TopologyDescription.Subtopology task : topology.subtopologies()) {
      for (TopologyDescription.Node node : task.nodes()) {
        List<String> part = new ArrayList<>(List.of(Integer.toString(task.id()), node.name()));
        switch (node) {
          case TopologyDescription.Source source -> part.addAll(new TreeSet<>(source.topicSet()));
          case TopologyDescription.Processor step -> part.addAll(new TreeSet<>(step.stores()));
          default -> {}
        }
        parts.add(String.join(" ", part));
      }
    }
    byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().toHexDigits(Utils.murmur2(text), DIGEST_DIGITS);
  }
}
