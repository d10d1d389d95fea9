package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.WatchedEvents;
import io.fleetcompat.query.WatchedEvents.Event;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.query.watch.FeedBounds;
import io.fleetcompat.query.watch.FilledFeed;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.testing.Await;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/watch}, over a feed that is filled by hand. */
class WatchRouteTest {

  private final ApiFixture api = new ApiFixture();

  WatchRouteTest() throws Exception {}

  @AfterEach
  void close() {
    api.close();
  }

  private WatchedEvents watch(String query) throws IOException, InterruptedException {
    return new WatchedEvents(api.port(), query, Optional.empty());
  }

  private WatchedEvents watchAfter(String id) throws IOException, InterruptedException {
    return new WatchedEvents(api.port(), "", Optional.of(id));
  }

  @Test
  void aWatchBeginsWithABookmarkOfNowAndTellsWhatChanges() throws Exception {
    api.changes.add(0, "before", ChangeCause.HOST_LOST);
    try (WatchedEvents events = watch("")) {
      var headers = events.response().headers();
      assertThat(events.response().statusCode()).isEqualTo(200);
      assertThat(headers.firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
      assertThat(headers.firstValue("X-Accel-Buffering")).hasValue("no");
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      Event bookmark = events.next();
      assertThat(bookmark.name()).isEqualTo("bookmark");
      assertThat(bookmark.data().path("revision").longValue()).isEqualTo(ApiFixture.REVISION);
      assertThat(bookmark.data().path("asOf").textValue()).isEqualTo("1970-01-01T00:00:10.000Z");
      api.changes.add(1, "a", ChangeCause.HOST_STALE);
      Event change = events.next();
      assertThat(change.name()).isEqualTo("change");
      assertThat(change.data().path("name").textValue()).isEqualTo("a");
      assertThat(change.data().path("kind").textValue()).isEqualTo("host");
      assertThat(change.data().at("/causes/0").textValue()).isEqualTo("host-stale");
      api.changes.add(2, "b", ChangeCause.HOST_BACK);
      assertThat(events.next().data().path("name").textValue()).isEqualTo("b");
      try (WatchedEvents resumed = watchAfter(change.id());
          WatchedEvents other = watch("?after=" + bookmark.id())) {
        Event first = resumed.next();
        assertThat(first.name()).isEqualTo("bookmark");
        assertThat(first.id()).isEqualTo(change.id());
        assertThat(first.data().path("revision").isNull()).isTrue();
        assertThat(resumed.next().data().path("name").textValue()).isEqualTo("b");
        assertThat(other.nextOther().data().path("name").textValue()).isEqualTo("a");
        assertThat(other.nextOther().data().path("name").textValue()).isEqualTo("b");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "?host=a,a",
    "?pool=gold,b",
    "?cause=host-stale,a",
    "'?kind=pool,host&pool=gold',b",
    "?kind=capacity,c",
    "?cause=capacity-changed,c",
  })
  void aWatcherIsToldWhatHeAsksFor(String query, String expected) throws Exception {
    try (WatchedEvents events = watch(query)) {
      assertThat(events.next().name()).isEqualTo("bookmark");
      api.changes.add(0, "a", ChangeCause.HOST_STALE);
      api.changes.add(
          1,
          new ChangeKey(ChangeKey.Kind.HOST, "b"),
          ChangeRecord.newBuilder()
              .setCauses(List.of(ChangeCause.HOST_BACK))
              .setPools(List.of("gold"))
              .build());
      api.changes.add(
          2,
          new ChangeKey(ChangeKey.Kind.CAPACITY, "c"),
          ChangeRecord.newBuilder().setCauses(List.of(ChangeCause.CAPACITY_CHANGED)).build());
      api.changes.add(0, "last", ChangeCause.HOST_LOST);
      Event change = events.next();
      assertThat(change.data().path("name").textValue()).isEqualTo(expected);
      try (WatchedEvents rest = watchAfter(change.id())) {
        assertThat(rest.nextOther().data().path("name").textValue()).isNotEqualTo(expected);
      }
    }
  }

  @Test
  void aVerdictIsToldWhereItIsAnother() throws Exception {
    String pair = "?source=" + api.endpoint(0) + "&destination=" + api.endpoint(3);
    try (WatchedEvents events = watch(pair)) {
      events.next();
      Event first = events.next();
      assertThat(first.name()).isEqualTo("verdict");
      assertThat(first.data().path("revision").longValue()).isEqualTo(ApiFixture.REVISION);
      assertThat(first.data()).isEqualTo(ApiFixture.json(api.get("/v1/check" + pair)));
      api.publish(ApiFixture.REVISION + 1);
      api.changes.add(0, "a", ChangeCause.HOST_STALE);
      assertThat(events.next().name()).as("the same verdict is not told again").isEqualTo("change");
      api.replica.publish(new Snapshot(IndexView.empty(), ApiFixture.REVISION + 2, 1, 0, true));
      Event gone = events.next();
      assertThat(gone.name()).isEqualTo("verdict");
      assertThat(gone.data().path("code").textValue()).isEqualTo("host-not-found");
      api.publish(ApiFixture.REVISION + 3);
      assertThat(events.next().data().path("verdict")).isEqualTo(first.data().path("verdict"));
    }
    try (WatchedEvents events = watch(pair + "&kind=verdict")) {
      events.next();
      assertThat(events.next().name()).isEqualTo("verdict");
      api.changes.add(0, "a", ChangeCause.HOST_STALE);
      api.replica.publish(new Snapshot(IndexView.empty(), ApiFixture.REVISION + 4, 1, 0, true));
      assertThat(events.next().name()).isEqualTo("verdict");
    }
    api.publish(ApiFixture.REVISION + 5);
    try (WatchedEvents events = watch(pair + "&kind=host")) {
      events.next();
      api.changes.add(0, "a", ChangeCause.HOST_STALE);
      assertThat(events.next().name()).isEqualTo("change");
    }
  }

  @Test
  void alertsAreToldAsTheyAreListed() throws Exception {
    try (WatchedEvents events = watch("?kind=alert")) {
      events.next();
      api.changes.add(0, "a", ChangeCause.HOST_STALE);
      api.changes.add(
          AlertRecord.newBuilder()
              .setRule("Stranded")
              .setPool("gold")
              .setSeverity("warning")
              .setState(AlertState.FIRING)
              .setSince(Instant.EPOCH)
              .setStartsAt(Instant.EPOCH)
              .setAnnounced(true)
              .setSummary("3 devices are stranded")
              .setDescription("They can go nowhere.")
              .setHosts(List.of("a"))
              .build());
      Event alert = events.next();
      assertThat(alert.name()).isEqualTo("alert");
      assertThat(alert.data().path("alert").textValue()).isEqualTo("Stranded");
      assertThat(alert.data().path("state").textValue()).isEqualTo("firing");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/watch?kind=verdict,400,missing-parameter",
    "/v1/watch?source=a/b,400,missing-parameter",
    "/v1/watch?source=a/b&destination=c,404,host-not-found",
    "/v1/watch?kind=hosts,400,bad-request",
    "/v1/watch?kind=history,400,bad-request",
    "/v1/watch?kind=,400,bad-request",
    "/v1/watch?cause=nothing,400,bad-request",
    "/v1/watch?host=,400,missing-parameter",
    "/v1/watch?after=,400,bad-request",
    "/v1/watch?after=123,400,bad-request",
    "/v1/watch?min-revision=1,400,unknown-parameter",
    "/v1/watch?after=AQAAAAEAAAAA,410,watch-too-old",
  })
  void nonsenseGetsAProblemThatSaysWhatToDo(String path, int status, String code) throws Exception {
    assertProblem(api.get(path), status, code);
  }

  @Test
  void headAndOptionsTellAboutItWithoutWatching() throws Exception {
    HttpResponse<String> head = api.send("HEAD", "/v1/watch", "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(head.body()).isEmpty();
    HttpResponse<String> options = api.send("OPTIONS", "/v1/watch", "");
    assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    assertProblem(api.send("POST", "/v1/watch", "{}"), 405, "method-not-allowed");
    assertThat(api.get("/metrics").body()).contains("fleetcompat_query_watch_watchers 0.0");
  }

  @Test
  void watchersOfTopicsThatWereMadeAnewAreToldSoAndAskedToBeginAnew() throws Exception {
    try (WatchedEvents events = watch("")) {
      String id = events.next().id();
      api.changes.forget();
      Event error = events.next();
      assertThat(error.name()).isEqualTo("error");
      assertThat(error.data().path("code").textValue()).isEqualTo("watch-too-old");
      assertThat(error.data().path("detail").textValue()).contains("made anew", "without an id");
      assertThat(events.next().isEnd()).isTrue();
      assertProblem(api.get("/v1/watch?after=" + id), 503, "not-ready");
    }
  }

  @Test
  void aServerThatStopsEndsAllWatchesAtOnce() throws Exception {
    try (WatchedEvents events = watch("");
        WatchedEvents others = watch("?host=none")) {
      events.next();
      others.next();
      long begin = System.nanoTime();
      api.close();
      assertThat(events.next().isEnd()).isTrue();
      assertThat(others.next().isEnd()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }
  }

  /** A server of its own, with narrow bounds. */
  private static final class Narrow implements AutoCloseable {

    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final FilledFeed changes =
        new FilledFeed(new FeedBounds(1 << 20, Duration.ofHours(1)), ApiFixture.CLOCK);
    private final Watchers watchers;
    private final HttpServer server;

    Narrow(int most, Duration longestWrite, HttpBounds bounds) {
      changes.complete();
      watchers = new Watchers(most, longestWrite, metrics);
      Replica replica = new Replica(IndexView.empty());
      replica.publish(new Snapshot(IndexView.empty(), 1, 1, 0, true));
      HttpApi.Watched watched = new HttpApi.Watched(changes.feed(), _ -> true);
      Dispatcher dispatcher =
          new Dispatcher(
              new WatchRoute(
                      Optional.of(watched),
                      replica,
                      watchers,
                      _ -> Response.text("text/plain", "no check"),
                      _ -> false)
                  .routes(),
              replica,
              new PastApi(Optional.empty(), (_, _) -> List.of(), ApiFixture.CLOCK),
              ApiFixture.nothingWithin(),
              bounds,
              Duration.ofSeconds(5),
              ApiFixture.CLOCK,
              new RequestMetrics(metrics, Set.of()));
      server = HttpServer.start("127.0.0.1", 0, bounds, dispatcher, metrics);
    }

    /** A watcher that never reads. */
    Socket deaf() throws IOException {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      String request = "GET /v1/watch HTTP/1.1\r\nHost: a\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return socket;
    }

    double watching() {
      return metrics.get("fleetcompat.query.watch.watchers").gauge().value();
    }

    double ended(String reason) {
      return metrics.get("fleetcompat.query.watch.ended").tag("reason", reason).counter().count();
    }

    @Override
    public void close() {
      watchers.close();
      changes.feed().wake();
      server.close();
      changes.close();
    }
  }

  @Test
  void aWatcherThatNeverReadsIsClosedAndHoldsBackNobody() throws Exception {
    int all = 20_000;
    try (Narrow api = new Narrow(10, Duration.ofMillis(500), HttpBounds.DEFAULTS);
        Socket deaf = api.deaf();
        WatchedEvents events = new WatchedEvents(api.server.port(), "", Optional.empty())) {
      assertThat(events.next().name()).isEqualTo("bookmark");
      Await.until("both watch", () -> api.watching() == 2);
      for (int n = 0; n < all; n++) {
        api.changes.add(n % 4, "host-" + n, ChangeCause.HOST_STALE);
        assertThat(events.nextOther().data().path("name").textValue()).isEqualTo("host-" + n);
      }
      Await.until("the deaf one is closed", () -> api.ended("stalled") == 1);
      assertThat(api.watching()).isEqualTo(1);
      assertThat(deaf.isClosed()).isFalse();
    }
  }

  @Test
  void moreThanMayWatchAreRefusedUntilOneHasGone() throws Exception {
    try (Narrow api = new Narrow(1, Duration.ofMinutes(1), HttpBounds.DEFAULTS)) {
      try (WatchedEvents first = new WatchedEvents(api.server.port(), "", Optional.empty())) {
        first.next();
        try (WatchedEvents second = new WatchedEvents(api.server.port(), "", Optional.empty())) {
          assertThat(second.response().statusCode()).isEqualTo(503);
        }
      }
      Await.until(
          "its end is noticed at the next event",
          () -> {
            api.changes.add(0, "a", ChangeCause.HOST_STALE);
            return api.watching() == 0;
          });
      assertThat(api.ended("client")).isEqualTo(1);
      try (WatchedEvents third = new WatchedEvents(api.server.port(), "", Optional.empty())) {
        assertThat(third.response().statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void aSilentWatchIsNoIdleConnection() throws Exception {
    HttpBounds hasty = Bounds.with("idle-timeout", "1s");
    try (Narrow api = new Narrow(1, Duration.ofMinutes(1), hasty);
        WatchedEvents events = new WatchedEvents(api.server.port(), "", Optional.empty())) {
      assertThat(events.next().data().path("revision").longValue()).isEqualTo(1);
      Event bookmark = events.next();
      assertThat(bookmark.name()).as("after ten seconds of nothing").isEqualTo("bookmark");
      assertThat(bookmark.data().path("revision").isNull()).isTrue();
    }
  }
}
