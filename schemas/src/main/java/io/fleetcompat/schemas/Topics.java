package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Quoted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The catalogue of topics: the only place where a topic's name is spelled.
 *
 * @param prefix put before every name, so that several fleets can share a cluster; may be empty
 * @param hostPartitions partitions of every topic that is keyed by host
 * @param replicationFactor of every topic
 */
public record Topics(String prefix, int hostPartitions, short replicationFactor) {

  /** Host-keyed partitions where nothing else is configured. */
  public static final int DEFAULT_HOST_PARTITIONS = 32;

  /** Most host-keyed partitions. */
  public static final int MAX_HOST_PARTITIONS = 1000;

  /** Largest record accepted anywhere, in bytes. */
  public static final int MAX_RECORD_BYTES = 4 << 20;

  /** Replicas from which on one may be away while what is acknowledged still is on two. */
  private static final int REPLICAS_FOR_TWO_IN_SYNC = 3;

  private static final String FOURTEEN_DAYS = String.valueOf(Duration.ofDays(14).toMillis());

  private static final int SEGMENT_BYTES = 32 << 20;

  public Topics {
    if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
      throw new IllegalArgumentException(
          "expected a topic prefix of letters, digits, '.', '_' and '-', found "
              + Quoted.of(prefix));
    }
    if (hostPartitions < 1 || hostPartitions > MAX_HOST_PARTITIONS) {
      throw new IllegalArgumentException(
          "expected 1 to " + MAX_HOST_PARTITIONS + " partitions, found " + hostPartitions);
    }
  }

  /** A topic as it must be. */
  public record Topic(String name, int partitions, Map<String, String> settings) {
    public Topic {
      settings = Map.copyOf(settings);
    }

    private Topic with(String setting, String value) {
      Map<String, String> more = new TreeMap<>(settings);
      more.put(setting, value);
      return new Topic(name, partitions, more);
    }
  }

  /** host → the whole inventory of the host. */
  public Topic hostInventory() {
    return compacted("host-inventory", hostPartitions);
  }

  /**
   * host → instances still creatable; heartbeat. The broker stamps the time: when a host was last
   * heard must not depend on the host's clock.
   */
  public Topic hostCapacity() {
    Topic compacted = compacted("host-capacity", hostPartitions);
    return compacted.with("message.timestamp.type", "LogAppendTime");
  }

  /** host → its endpoints with their profiles. */
  public Topic placements() {
    return compacted("placements", hostPartitions);
  }

  /** partition/profile → hosts of the partition have it; read by the judge alone. */
  public Topic census() {
    return compacted("census", 1);
  }

  /** profile → canonical content. */
  public Topic profiles() {
    return compacted("profiles", 1);
  }

  /** source profile → row, and the generation. */
  public Topic matrix() {
    return compacted("matrix", 1);
  }

  /** Records that could not be used. */
  public Topic rejected() {
    return replicated(
        new Topic(
            prefix + "rejected",
            hostPartitions,
            Map.of(
                "cleanup.policy",
                "delete",
                "retention.ms",
                FOURTEEN_DAYS,
                "max.message.bytes",
                String.valueOf(MAX_RECORD_BYTES))));
  }

  /** All of them, sorted by name. */
  public List<Topic> all() {
    TreeMap<String, Topic> byName = new TreeMap<>();
    for (Topic topic :
        List.of(
            hostInventory(),
            hostCapacity(),
            placements(),
            census(),
            profiles(),
            matrix(),
            rejected())) {
      byName.put(topic.name(), topic);
    }
    return List.copyOf(byName.values());
  }

  /**
   * Segments are small and compacted soon: whoever starts from nothing reads all that is not yet
   * compacted. Tombstones stay for a week, for an indexer that was down over a long week-end.
   */
  private Topic compacted(String name, int partitions) {
    return replicated(
        new Topic(
            prefix + name,
            partitions,
            Map.of(
                "cleanup.policy",
                "compact",
                "max.message.bytes",
                String.valueOf(MAX_RECORD_BYTES),
                "segment.bytes",
                String.valueOf(SEGMENT_BYTES),
                "min.cleanable.dirty.ratio",
                "0.2",
                "max.compaction.lag.ms",
                String.valueOf(Duration.ofHours(1).toMillis()),
                "delete.retention.ms",
                String.valueOf(Duration.ofDays(7).toMillis()))));
  }

  /** What is acknowledged must not be lost with one broker, where there are enough of them. */
  private Topic replicated(Topic topic) {
    return replicationFactor >= REPLICAS_FOR_TWO_IN_SYNC
        ? topic.with("min.insync.replicas", "2")
        : topic;
  }
}
