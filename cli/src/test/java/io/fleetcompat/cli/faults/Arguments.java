package io.fleetcompat.cli.faults;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command lines of the processes of a stage, with times that are short enough for tests. */
final class Arguments {

  static final Duration STALE_AFTER = Duration.ofSeconds(15);

  /** The time that a record of a collector may take to Kafka, before it is given up. */
  static final Duration LATE = Duration.ofSeconds(10);

  private final String bootstrapServers;
  private final Scenario.Parts sizes;
  private final int partitions;

  Arguments(String bootstrapServers, Scenario.Parts sizes, int partitions) {
    this.bootstrapServers = bootstrapServers;
    this.sizes = sizes;
    this.partitions = partitions;
  }

  List<String> index(String name, Path state) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("state-dir", state.toString());
    settings.put("instance-id", name);
    settings.put("partitions", String.valueOf(partitions));
    settings.put("replication-factor", String.valueOf(sizes.brokers()));
    settings.put("standby-replicas", String.valueOf(Math.min(1, sizes.indexers() - 1)));
    settings.put("stale-after", seconds(STALE_AFTER));
    settings.put("kafka.session.timeout.ms", "6000");
    settings.put("kafka.producer.transaction.timeout.ms", "10000");
    if (!sizes.before()) {
      settings.put("compare-every", "5s");
    }
    return arguments("index", settings);
  }

  String[] makeTopics() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("partitions", String.valueOf(partitions));
    settings.put("replication-factor", String.valueOf(sizes.brokers()));
    List<String> arguments = arguments("topics", settings);
    arguments.add("--create");
    return arguments.toArray(String[]::new);
  }

  List<String> collect(Path state, Path fleet) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("state-dir", state.toString());
    settings.put("interval.heartbeat", "2s");
    settings.put("kafka.request.timeout.ms", "5000");
    settings.put("kafka.delivery.timeout.ms", String.valueOf(LATE.toMillis()));
    List<String> arguments = arguments("collect", settings);
    arguments.addAll(List.of("--fleet", fleet.toString()));
    return arguments;
  }

  List<String> serve(URI base) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("bind-address", base.getHost());
    settings.put("port", String.valueOf(base.getPort()));
    settings.put("stale-after", seconds(STALE_AFTER));
    return arguments("serve", settings);
  }

  private List<String> arguments(String command, Map<String, String> settings) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--set", "bootstrap-servers=" + bootstrapServers));
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(sizes.settings(command));
    all.forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
    return arguments;
  }

  private static String seconds(Duration time) {
    return time.toSeconds() + "s";
  }
}
