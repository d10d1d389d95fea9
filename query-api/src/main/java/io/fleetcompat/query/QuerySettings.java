package io.fleetcompat.query;

import io.fleetcompat.keys.KeyFile;
import io.fleetcompat.query.history.HistoryBounds;
import io.fleetcompat.query.http.HttpBounds;
import io.fleetcompat.query.watch.FeedBounds;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.ClientProperties;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Kind;
import io.fleetcompat.settings.LivenessLimits;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The settings of the query API. */
public final class QuerySettings {

  private static final int LEAST_LINE = 1 << 10;
  private static final long LEAST_HISTORY = 64L << 20;
  private static final long LEAST_WATCH = 1L << 20;
  private static final long MOST_WATCH = 4L << 30;
  private static final int MOST = Integer.MAX_VALUE;

  static final Key<String> BIND_ADDRESS =
      Key.of(
              "bind-address",
              Kind.text("ADDRESS", "an address of this machine"),
              "127.0.0.1",
              "Listen on this address; the default is this machine only.")
          .orOption("--http-host");

  static final Key<Integer> PORT =
      Key.of(
              "port",
              Kind.number("PORT", 0, 65535),
              QueryConfig.DEFAULT_PORT,
              "Listen on this port; 0 takes any free one.")
          .orOption("--http-port");

  static final Key<Duration> REPLICA_STALE_AFTER =
      Key.of(
          "replica-stale-after",
          Kind.TIME,
          Duration.ofSeconds(5),
          "Mark answers `stale` when the index is older than this.");

  static final Key<Integer> MAX_BODY_BYTES =
      Key.of(
          "max-body-bytes",
          Kind.smallSize(1, MOST),
          HttpBounds.DEFAULTS.maxBodyBytes(),
          "Maximum size of a request's body.");

  static final Key<Integer> MAX_URL_BYTES =
      Key.of(
          "max-url-bytes",
          Kind.smallSize(LEAST_LINE, MOST),
          HttpBounds.DEFAULTS.maxUrlBytes(),
          "Maximum length of the request line.");

  static final Key<Integer> MAX_HEADER_BYTES =
      Key.of(
          "max-header-bytes",
          Kind.smallSize(LEAST_LINE, MOST),
          HttpBounds.DEFAULTS.maxHeaderBytes(),
          "Maximum size of all headers of a request together.");

  static final Key<Integer> MAX_CONNECTIONS =
      Key.of(
          "max-connections",
          Kind.number("N", 1, MOST),
          HttpBounds.DEFAULTS.maxConnections(),
          "Maximum number of open connections.");

  static final Key<Integer> MAX_WAITING =
      Key.of(
          "max-waiting",
          Kind.number("N", 0, MOST),
          HttpBounds.DEFAULTS.maxWaiting(),
          "Maximum number of requests that wait for a revision.");

  static final Key<Integer> MAX_WATCHERS =
      Key.of(
          "max-watchers",
          Kind.number("N", 0, MOST),
          HttpBounds.DEFAULTS.maxWatchers(),
          "Maximum number of connections that watch; they count among `max-connections`.");

  static final Key<Duration> REQUEST_TIMEOUT =
      Key.of(
          "request-timeout",
          Kind.TIME,
          HttpBounds.DEFAULTS.requestTimeout(),
          "Maximum time for one answer, apart from waiting for a revision.");

  static final Key<Duration> IDLE_TIMEOUT =
      Key.of(
          "idle-timeout",
          Kind.TIME,
          HttpBounds.DEFAULTS.idleTimeout(),
          "Close a connection that is silent for longer than this.");

  static final Key<Duration> HEAD_TIMEOUT =
      Key.of(
          "head-timeout",
          Kind.POSITIVE_TIME,
          HttpBounds.DEFAULTS.headTimeout(),
          "Close a connection on which the head of a request takes longer than this.");

  static final Key<Duration> BODY_TIMEOUT =
      Key.of(
          "body-timeout",
          Kind.POSITIVE_TIME,
          HttpBounds.DEFAULTS.bodyTimeout(),
          "Close a connection on which the body of a request takes longer than this.");

  static final Key<Duration> WRITE_TIMEOUT =
      Key.of(
          "write-timeout",
          Kind.POSITIVE_TIME,
          HttpBounds.DEFAULTS.writeTimeout(),
          "Close a connection whose caller takes nothing of an answer for longer than this.");

  static final Key<Long> MAX_BYTES_IN_FLIGHT =
      Key.optional(
          "max-bytes-in-flight",
          Kind.size(HttpBounds.LEAST_IN_FLIGHT, Long.MAX_VALUE),
          "a quarter of the heap",
          "Maximum memory that the requests of all connections take at once, from their bodies to"
              + " the answers that callers have not taken; whoever asks beyond it is answered"
              + " 429.");

  static final Key<Path> KEY_FILE =
      Key.optional(
              "key-file",
              Kind.PATH,
              "none: whoever may write to Kafka is believed",
              "Believe heartbeats alone that have the mark of their host's key, known by the key of"
                  + " heartbeats in this file, which 'fleetcompat keys init' writes.")
          .orOption("--key-file");

  static final Key<Path> HISTORY_DIRECTORY =
      Key.optional(
          "history-directory",
          Kind.PATH,
          "no history",
          "Keep the history of the index in this directory, for `/v1/changes` and `as-of`; one for"
              + " each process.");

  static final Key<Duration> HISTORY_MAX_AGE =
      Key.of(
          "history-max-age",
          Kind.POSITIVE_TIME,
          HistoryBounds.DEFAULTS.maxAge(),
          "Drop changes that are older than this; Kafka keeps them for 30 days.");

  static final Key<Long> HISTORY_MAX_BYTES =
      Key.of(
          "history-max-bytes",
          Kind.size(LEAST_HISTORY, Long.MAX_VALUE),
          HistoryBounds.DEFAULTS.maxBytes(),
          "Drop the oldest changes when the history takes more room on the disk than this.");

  static final Key<Duration> WATCH_MAX_AGE =
      Key.of(
          "watch-max-age",
          Kind.POSITIVE_TIME,
          FeedBounds.DEFAULTS.maxAge(),
          "Keep changes for `/v1/watch` in memory for so long: a watcher that is away for longer"
              + " begins anew.");

  static final Key<Long> WATCH_MAX_BYTES =
      Key.of(
          "watch-max-bytes",
          Kind.size(LEAST_WATCH, MOST_WATCH),
          FeedBounds.DEFAULTS.maxBytes(),
          "Keep at most so much of them.");

  static final Key<Integer> METRICS_POOLS =
      Key.of(
          "metrics-pools",
          Kind.number("N", 0, MOST),
          1000,
          "Maximum number of pools that have metrics of their own: the first ones by name.");

  static final Key<Boolean> ACCEPT_OUTCOMES =
      Key.of(
          "accept-outcomes",
          Kind.FLAG,
          true,
          "Take what migrations did (`POST /v1/outcomes`) and write it to Kafka; it decides no"
              + " verdict.");

  public static final Catalogue CATALOGUE =
      Catalogue.of(
          "serve",
          with(
              AlertmanagerSettings.ALL,
              BIND_ADDRESS,
              PORT,
              LivenessLimits.STALE_AFTER,
              LivenessLimits.LOST_AFTER,
              REPLICA_STALE_AFTER,
              MAX_BODY_BYTES,
              MAX_URL_BYTES,
              MAX_HEADER_BYTES,
              MAX_CONNECTIONS,
              MAX_WAITING,
              MAX_WATCHERS,
              REQUEST_TIMEOUT,
              IDLE_TIMEOUT,
              HEAD_TIMEOUT,
              BODY_TIMEOUT,
              WRITE_TIMEOUT,
              MAX_BYTES_IN_FLIGHT,
              KEY_FILE,
              HISTORY_DIRECTORY,
              HISTORY_MAX_AGE,
              HISTORY_MAX_BYTES,
              WATCH_MAX_AGE,
              WATCH_MAX_BYTES,
              METRICS_POOLS,
              ACCEPT_OUTCOMES));

  private QuerySettings() {}

  private static List<Key<?>> with(List<Key<?>> last, Key<?>... first) {
    return Stream.concat(Stream.of(first), last.stream()).toList();
  }

  /**
   * The configuration that these values make.
   *
   * @throws io.fleetcompat.settings.BadSettingException where they do not fit together
   */
  public static QueryConfig config(Values values) {
    HttpBounds http =
        values.make(
            read ->
                new HttpBounds(
                    read.get(MAX_BODY_BYTES),
                    read.get(MAX_URL_BYTES),
                    read.get(MAX_HEADER_BYTES),
                    read.get(MAX_CONNECTIONS),
                    read.get(MAX_WAITING),
                    read.get(MAX_WATCHERS),
                    read.get(REQUEST_TIMEOUT),
                    read.get(IDLE_TIMEOUT),
                    read.get(HEAD_TIMEOUT),
                    read.get(BODY_TIMEOUT),
                    read.get(WRITE_TIMEOUT),
                    read.find(MAX_BYTES_IN_FLIGHT).orElse(HttpBounds.DEFAULTS.maxBytesInFlight())));
    return new QueryConfig(
        values.get(BIND_ADDRESS),
        values.get(PORT),
        values.get(ProcessKeys.BOOTSTRAP_SERVERS),
        values.make(QuerySettings::topicPrefix),
        LivenessLimits.of(values),
        values.get(REPLICA_STALE_AFTER),
        http,
        values.find(HISTORY_DIRECTORY),
        new HistoryBounds(values.get(HISTORY_MAX_AGE), values.get(HISTORY_MAX_BYTES)),
        new FeedBounds(values.get(WATCH_MAX_BYTES), values.get(WATCH_MAX_AGE)),
        AlertmanagerSettings.config(values),
        values.get(METRICS_POOLS),
        values.get(ACCEPT_OUTCOMES),
        values.make(read -> read.find(KEY_FILE).map(KeyFile::heartbeats)),
        ClientProperties.of(values));
  }

  private static String topicPrefix(Values values) {
    String prefix = values.get(ProcessKeys.TOPIC_PREFIX);
    return new Topics(prefix, Topics.DEFAULT_HOST_PARTITIONS, (short) 1).prefix();
  }
}
