package io.fleetcompat.query;

import io.fleetcompat.query.http.HttpBounds;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ClientProperties;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Kind;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Values;
import java.time.Duration;
import java.util.List;

/** The settings of the query API. */
public final class QuerySettings {

  private static final int LEAST_LINE = 1 << 10;
  private static final int MOST = Integer.MAX_VALUE;

  static final Key<String> BIND_ADDRESS =
      Key.of(
              "bind-address",
              Kind.text("ADDRESS", "an address of this machine"),
              "127.0.0.1",
              "The address to listen on; the default is this machine only.")
          .orOption("--http-host");

  static final Key<Integer> PORT =
      Key.of(
              "port",
              Kind.number("PORT", 0, 65535),
              QueryConfig.DEFAULT_PORT,
              "The port to listen on; 0 is any free one.")
          .orOption("--http-port");

  static final Key<Duration> STALE_AFTER =
      Key.of(
          "stale-after",
          Kind.TIME,
          Duration.ofSeconds(60),
          "A host that was silent for longer is STALE; give `index` the same.");

  static final Key<Duration> LOST_AFTER =
      Key.of(
          "lost-after",
          Kind.TIME,
          Duration.ofHours(1),
          "A host that was silent for longer is LOST; give `index` the same.");

  static final Key<Duration> REPLICA_STALE_AFTER =
      Key.of(
          "replica-stale-after",
          Kind.TIME,
          Duration.ofSeconds(5),
          "An answer from an index that is older says `stale`.");

  static final Key<Integer> MAX_BODY_BYTES =
      Key.of(
          "max-body-bytes",
          Kind.smallSize(1, MOST),
          HttpBounds.DEFAULTS.maxBodyBytes(),
          "The largest body of a request.");

  static final Key<Integer> MAX_URL_BYTES =
      Key.of(
          "max-url-bytes",
          Kind.smallSize(LEAST_LINE, MOST),
          HttpBounds.DEFAULTS.maxUrlBytes(),
          "The longest request line.");

  static final Key<Integer> MAX_HEADER_BYTES =
      Key.of(
          "max-header-bytes",
          Kind.smallSize(LEAST_LINE, MOST),
          HttpBounds.DEFAULTS.maxHeaderBytes(),
          "All headers of a request together.");

  static final Key<Integer> MAX_CONNECTIONS =
      Key.of(
          "max-connections",
          Kind.number("N", 1, MOST),
          HttpBounds.DEFAULTS.maxConnections(),
          "The most connections at once.");

  static final Key<Integer> MAX_WAITING =
      Key.of(
          "max-waiting",
          Kind.number("N", 0, MOST),
          HttpBounds.DEFAULTS.maxWaiting(),
          "The most requests that wait for a revision at once.");

  static final Key<Duration> REQUEST_TIMEOUT =
      Key.of(
          "request-timeout",
          Kind.TIME,
          HttpBounds.DEFAULTS.requestTimeout(),
          "How long one answer may take, apart from waiting for a revision.");

  static final Key<Duration> IDLE_TIMEOUT =
      Key.of(
          "idle-timeout",
          Kind.TIME,
          HttpBounds.DEFAULTS.idleTimeout(),
          "A connection that is silent for longer is closed.");

  public static final Catalogue CATALOGUE =
      Catalogue.of(
          "serve",
          List.of(
              BIND_ADDRESS,
              PORT,
              STALE_AFTER,
              LOST_AFTER,
              REPLICA_STALE_AFTER,
              MAX_BODY_BYTES,
              MAX_URL_BYTES,
              MAX_HEADER_BYTES,
              MAX_CONNECTIONS,
              MAX_WAITING,
              REQUEST_TIMEOUT,
              IDLE_TIMEOUT));

  private QuerySettings() {}

  /**
   * The configuration that these values make.
   *
   * @throws io.fleetcompat.settings.BadSettingException where they do not fit together
   */
  public static QueryConfig config(Values values) {
    HttpBounds http =
        values.make(
            () ->
                new HttpBounds(
                    values.get(MAX_BODY_BYTES),
                    values.get(MAX_URL_BYTES),
                    values.get(MAX_HEADER_BYTES),
                    values.get(MAX_CONNECTIONS),
                    values.get(MAX_WAITING),
                    values.get(REQUEST_TIMEOUT),
                    values.get(IDLE_TIMEOUT)),
            MAX_BODY_BYTES,
            MAX_URL_BYTES,
            MAX_HEADER_BYTES,
            MAX_CONNECTIONS);
    return values.make(
        () ->
            new QueryConfig(
                values.get(BIND_ADDRESS),
                values.get(PORT),
                values.get(ProcessKeys.BOOTSTRAP_SERVERS),
                values.get(ProcessKeys.TOPIC_PREFIX),
                values.get(STALE_AFTER),
                values.get(LOST_AFTER),
                values.get(REPLICA_STALE_AFTER),
                http,
                ClientProperties.of(values)),
        ProcessKeys.TOPIC_PREFIX,
        STALE_AFTER,
        LOST_AFTER);
  }
}
