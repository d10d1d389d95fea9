package io.fleetcompat.query;

import io.fleetcompat.query.http.HttpBounds;
import io.fleetcompat.schemas.Topics;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that can be configured of the query API.
 *
 * @param bindAddress where it listens; loopback unless told otherwise
 * @param port 0 for any free one
 * @param bootstrapServers of Kafka
 * @param topicPrefix before every topic's name
 * @param staleAfter a host that was silent for longer is STALE
 * @param lostAfter a host that was silent for longer is LOST
 * @param replicaStaleAfter an answer based on an older index says {@code stale}
 * @param http what one client may ask of the server
 * @param kafka consumer properties that are passed through
 */
public record QueryConfig(
    String bindAddress,
    int port,
    String bootstrapServers,
    String topicPrefix,
    Duration staleAfter,
    Duration lostAfter,
    Duration replicaStaleAfter,
    HttpBounds http,
    SortedMap<String, String> kafka) {

  /** The port where nothing else is configured. */
  public static final int DEFAULT_PORT = 8787;

  private static final String KAFKA = "kafka.";

  public QueryConfig {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("expected port 0 to 65535, found " + port);
    }
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("expected bootstrap-servers HOST:PORT,..., found none");
    }
    if (staleAfter.isNegative() || lostAfter.compareTo(staleAfter) < 0) {
      throw new IllegalArgumentException(
          "expected lost-after of at least stale-after, found " + lostAfter + " and " + staleAfter);
    }
    new Topics(topicPrefix, 1, (short) 1); // checks the prefix
    kafka = new TreeMap<>(kafka);
  }

  /** On loopback, with every default. */
  public static QueryConfig of(String bootstrapServers, int port) {
    return parse(Map.of("bootstrap-servers", bootstrapServers, "port", String.valueOf(port)));
  }

  /**
   * Reads properties; {@code kafka.} in front of a name passes the rest to the consumer.
   *
   * @throws IllegalArgumentException for an unknown key or a bad value, saying what was expected
   */
  public static QueryConfig parse(Map<String, String> properties) {
    TreeMap<String, String> rest = new TreeMap<>(properties);
    TreeMap<String, String> kafka = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA)) {
            kafka.put(key.substring(KAFKA.length()), value);
            rest.remove(key);
          }
        });
    HttpBounds http = HttpBounds.DEFAULTS;
    QueryConfig config =
        new QueryConfig(
            take(rest, "bind-address", "127.0.0.1"),
            integer(rest, "port", DEFAULT_PORT),
            take(rest, "bootstrap-servers", ""),
            take(rest, "topic-prefix", ""),
            duration(rest, "stale-after", Duration.ofSeconds(60)),
            duration(rest, "lost-after", Duration.ofHours(1)),
            duration(rest, "replica-stale-after", Duration.ofSeconds(5)),
            new HttpBounds(
                integer(rest, "max-body-bytes", http.maxBodyBytes()),
                integer(rest, "max-url-bytes", http.maxUrlBytes()),
                integer(rest, "max-header-bytes", http.maxHeaderBytes()),
                integer(rest, "max-connections", http.maxConnections()),
                integer(rest, "max-waiting", http.maxWaiting()),
                duration(rest, "request-timeout", http.requestTimeout()),
                duration(rest, "idle-timeout", http.idleTimeout())),
            kafka);
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException("unknown configuration: " + rest.keySet());
    }
    return config;
  }

  /** As it is logged: with secrets masked. */
  public String effective() {
    TreeMap<String, String> shown = new TreeMap<>();
    kafka.forEach((key, value) -> shown.put(KAFKA + key, isSecret(key) ? "********" : value));
    shown.put("bind-address", bindAddress);
    shown.put("port", String.valueOf(port));
    shown.put("bootstrap-servers", bootstrapServers);
    shown.put("topic-prefix", topicPrefix);
    shown.put("stale-after", staleAfter.toString());
    shown.put("lost-after", lostAfter.toString());
    shown.put("replica-stale-after", replicaStaleAfter.toString());
    shown.put("http", http.toString());
    return shown.toString();
  }

  @Override
  public String toString() {
    return effective();
  }

  private static boolean isSecret(String property) {
    String key = property.toLowerCase(Locale.ROOT);
    return key.contains("password")
        || key.contains("secret")
        || key.contains("jaas")
        || key.contains("key")
        || key.contains("token");
  }

  private static String take(Map<String, String> rest, String key, String otherwise) {
    String value = rest.remove(key);
    return value == null ? otherwise : value;
  }

  private static int integer(Map<String, String> rest, String key, int otherwise) {
    String value = take(rest, key, String.valueOf(otherwise));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "expected " + key + " as an integer, found '" + value + "'", e);
    }
  }

  private static Duration duration(Map<String, String> rest, String key, Duration otherwise) {
    String value = take(rest, key, otherwise.toString());
    try {
      return value.matches("[0-9]{1,9}s")
          ? Duration.ofSeconds(Long.parseLong(value.substring(0, value.length() - 1)))
          : Duration.parse(value);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "expected " + key + " like 60s or PT1M, found '" + value + "'", e);
    }
  }
}
