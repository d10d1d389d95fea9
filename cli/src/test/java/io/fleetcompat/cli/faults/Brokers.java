package io.fleetcompat.cli.faults;

import io.fleetcompat.broker.BrokerConfig;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** The settings of a few brokers that are one cluster, each a voter of its quorum, too. */
final class Brokers {

  private final String host;
  private final List<Integer> ports;
  private final List<Integer> controllers;
  private final String cluster = Uuid.randomUuid().toString();

  Brokers(String host, List<Integer> ports) {
    this.host = host;
    this.ports = List.copyOf(ports);
    this.controllers = FreePorts.find(ports.size());
  }

  /**
   * @param directory where the broker keeps its files; it takes the cluster's name from there
   * @param number from 1 on
   */
  BrokerConfig config(Path directory, int number) throws IOException {
    Files.writeString(directory.resolve("cluster-id"), cluster + "\n");
    BrokerConfig config =
        new BrokerConfig(
            directory,
            host,
            ports.get(number - 1),
            controllers.get(number - 1),
            BrokerConfig.DEFAULT_HEAP_MEGABYTES,
            BrokerConfig.QUICK_START,
            BrokerConfig.DEFAULT_START_DEADLINE,
            Map.of());
    return ports.size() == 1 ? config : config.withOverrides(ofMany(number));
  }

  private Map<String, String> ofMany(int number) {
    List<String> voters = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      voters.add("%d@%s:%d".formatted(i + 1, host, controllers.get(i)));
    }
    String copies = String.valueOf(ports.size());
    String inSync = String.valueOf(ports.size() / 2 + 1);
    Map<String, String> settings = new HashMap<>();
    settings.put("node.id", String.valueOf(number));
    settings.put("controller.quorum.voters", String.join(",", voters));
    settings.put("offsets.topic.replication.factor", copies);
    settings.put("transaction.state.log.replication.factor", copies);
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("share.coordinator.state.topic.replication.factor", copies);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
    settings.put("default.replication.factor", copies);
    settings.put("min.insync.replicas", inSync);
    // What a cluster of several machines has by default, not what one node starts quickly with.
    settings.put("broker.session.timeout.ms", "6000");
    settings.put("controller.quorum.election.timeout.ms", "1000");
    settings.put("controller.quorum.fetch.timeout.ms", "2000");
    return settings;
  }

  /** The numbers of copies that partitions have, those of Kafka Streams' topics among them. */
  static Set<Integer> copies(String bootstrapServers)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      Set<String> names = admin.listTopics().names().get();
      Set<Integer> copies = new TreeSet<>();
      admin
          .describeTopics(names)
          .allTopicNames()
          .get()
          .values()
          .forEach(
              topic ->
                  topic.partitions().forEach(partition -> copies.add(partition.replicas().size())));
      return copies;
    }
  }
}
