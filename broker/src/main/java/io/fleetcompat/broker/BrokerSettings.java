package io.fleetcompat.broker;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The broker's own settings (server.properties), chosen so that one node starts quickly. */
final class BrokerSettings {

  private static final int NODE_ID = 1;

  private BrokerSettings() {}

  static Properties of(BrokerConfig config) {
    TreeMap<String, String> settings = new TreeMap<>();
    listeners(config, settings);
    quickStart(settings);
    oneReplica(settings);
    smallMemory(settings);
    settings.put("log.dirs", config.logSegments().toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", String.valueOf(5 << 20));
    settings.put("replica.fetch.max.bytes", String.valueOf(5 << 20));
    settings.putAll(config.overrides());
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  private static void listeners(BrokerConfig config, Map<String, String> settings) {
    String controller = config.host() + ":" + config.controllerPort();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE_ID));
    settings.put(
        "listeners", "PLAINTEXT://" + config.bootstrapServers() + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", "PLAINTEXT://" + config.bootstrapServers());
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    // Static voters: the address is in this file alone, so another port needs no migration.
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
  }

  private static void quickStart(Map<String, String> settings) {
    settings.put("broker.heartbeat.interval.ms", "100");
    settings.put("broker.session.timeout.ms", "1500");
    settings.put("controller.quorum.election.timeout.ms", "200");
    settings.put("controller.quorum.fetch.timeout.ms", "500");
    settings.put("group.initial.rebalance.delay.ms", "0");
  }

  private static void oneReplica(Map<String, String> settings) {
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".num.partitions", "4");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
  }

  private static void smallMemory(Map<String, String> settings) {
    settings.put("log.cleaner.dedupe.buffer.size", "33554432");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("log.segment.bytes", String.valueOf(64 << 20));
    settings.put("transaction.state.log.segment.bytes", String.valueOf(16 << 20));
    settings.put("offsets.topic.segment.bytes", String.valueOf(16 << 20));
  }
}
