package io.fleetcompat.query;

import io.fleetcompat.keys.HeartbeatKey;
import io.fleetcompat.query.alert.AlertmanagerConfig;
import io.fleetcompat.query.history.HistoryBounds;
import io.fleetcompat.query.http.HttpBounds;
import io.fleetcompat.query.watch.FeedBounds;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.ClientProperties;
import io.fleetcompat.settings.LivenessLimits;
import io.fleetcompat.settings.RawSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a query API.
 *
 * @param bindAddress where it listens; loopback unless told otherwise
 * @param port 0 for any free one
 * @param bootstrapServers of Kafka
 * @param topicPrefix before every topic's name
 * @param liveness the lengths of silence after which a host is STALE, and LOST
 * @param replicaStaleAfter an answer based on an older index says {@code stale}
 * @param http what one client may ask of the server
 * @param historyDirectory where the history is kept; empty for none
 * @param history how much of it is kept
 * @param watch how much is kept for who watches
 * @param alertmanager who is told of alerts
 * @param metricsPools pools that have metrics of their own, at most
 * @param acceptOutcomes whether what migrations did may be told to it
 * @param key by which heartbeats are known to be their hosts'; empty where nobody asks
 * @param kafka consumer properties that are passed through
 */
public record QueryConfig(
    String bindAddress,
    int port,
    String bootstrapServers,
    String topicPrefix,
    LivenessLimits liveness,
    Duration replicaStaleAfter,
    HttpBounds http,
    Optional<Path> historyDirectory,
    HistoryBounds history,
    FeedBounds watch,
    AlertmanagerConfig alertmanager,
    int metricsPools,
    boolean acceptOutcomes,
    Optional<HeartbeatKey> key,
    ClientProperties kafka) {

  /** The port where nothing else is configured. */
  public static final int DEFAULT_PORT = 8787;

  public QueryConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("expected port 0 to 65535, found " + port);
    }
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("expected bootstrap-servers HOST:PORT,..., found none");
    }
    new Topics(topicPrefix, 1, (short) 1); // checks the prefix
  }

  /** The configuration on loopback, with every default. */
  public static QueryConfig of(String bootstrapServers, int port) {
    return parse(Map.of("bootstrap-servers", bootstrapServers, "port", String.valueOf(port)));
  }

  /**
   * The configuration that these settings make.
   *
   * @throws io.fleetcompat.settings.BadSettingException for an unknown name or a bad value
   */
  public static QueryConfig parse(Map<String, String> settings) {
    return QuerySettings.config(QuerySettings.CATALOGUE.read(RawSettings.of(settings)));
  }
}
