package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.PoolHealthSample;
import io.fleetcompat.query.alert.FilledBoard;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.history.History;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.PastSightings;
import io.fleetcompat.query.outcome.FilledOutcomes;
import io.fleetcompat.query.past.PastSnapshots;
import io.fleetcompat.query.replica.HeardFleet;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.ReplicaHealth;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.query.watch.FeedBounds;
import io.fleetcompat.query.watch.FilledFeed;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.FormerHost;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.testing.IndexedFleet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The API over a view that was built by hand, on a free port. */
final class ApiFixture implements AutoCloseable {

  static final int HOSTS = 11;
  static final int PROFILES = 40;

  /** One more host, without endpoints, whose name looks encoded. */
  static final String ODD_HOST = "odd%41";

  static final String ODD_HOST_IN_A_URL = "odd%2541";
  static final long REVISION = 1000;
  static final Clock CLOCK = Clock.fixed(Instant.EPOCH.plusSeconds(10), ZoneOffset.UTC);
  private static final JsonMapper JSON = new JsonMapper();

  final Replica replica;
  final IndexView view;
  final HttpApi.Parts source;
  final FilledFeed changes;
  final FilledBoard alerts;
  final FilledOutcomes outcomes;

  /** For who lists the routes; they serve nobody. */
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  final Watchers watchers = new Watchers(1, Watchers.LONGEST_WRITE, new SimpleMeterRegistry());

  private final HttpApi api;
  private final HttpClient client = HttpClient.newHttpClient();

  ApiFixture() throws BadRecordException {
    this(HttpBounds.DEFAULTS);
  }

  ApiFixture(HttpBounds bounds) throws BadRecordException {
    this(bounds, CLOCK, true);
  }

  /** At a time, and whether whoever fills the index says that it is complete. */
  ApiFixture(HttpBounds bounds, Clock clock, boolean filled) throws BadRecordException {
    this(bounds, clock, filled, Optional.empty());
  }

  /** With a history, or without. */
  ApiFixture(HttpBounds bounds, Clock clock, boolean filled, Optional<History> history)
      throws BadRecordException {
    IndexedFleet fleet = new IndexedFleet(5, 4, PROFILES, 2);
    Placement odd =
        Placement.newBuilder(fleet.placement(0, 1))
            .setHost(ODD_HOST)
            .setEndpoints(List.of())
            .setFormerHost(new FormerHost("odd%40", Instant.ofEpochMilli(7)))
            .build();
    view =
        FilledView.of(fleet)
            .withHosts(HOSTS - 1)
            .withCapacities(HOSTS - 1)
            .with(IndexChange.placed(ODD_HOST, odd))
            .with(IndexChange.health("pool-1", health(fleet)))
            .view();
    replica = new Replica(view);
    changes = new FilledFeed(FeedBounds.DEFAULTS, clock);
    changes.complete();
    alerts = new FilledBoard(clock);
    alerts.show(FilledBoard.firing("FleetcompatDevicesStranded", "pool-1"));
    outcomes = new FilledOutcomes(clock);
    publish(REVISION);
    HeardFleet.hear(replica, 0);
    source =
        new HttpApi.Parts(
            replica,
            new HeardSightings(
                replica.lastSeen(), Duration.ofSeconds(60), Duration.ofHours(1), clock),
            new PairVerdicts<>(WrittenVerdict.FORM),
            registry,
            ReplicaHealth.ofFilled(replica, () -> filled),
            new RejectedRecords(),
            history,
            history.map(of -> new PastSnapshots(replica, of, new Topics("", 1, (short) 1), clock)),
            Optional.of(new HttpApi.Watched(changes.feed(), _ -> true)),
            Optional.of(new HttpApi.Alerting(alerts.board(), Optional.empty())),
            Optional.of(
                new HttpApi.Outcomes(
                    outcomes.board(), Optional.of(outcomes.sender()), () -> "made-id")),
            Duration.ofSeconds(5),
            clock,
            () -> Duration.ZERO);
    api = HttpApi.start("127.0.0.1", 0, bounds, source);
  }

  /** For who dispatches to routes that no sighting concerns. */
  static WithinApi nothingWithin() {
    return new WithinApi(new PastSightings(0), _ -> List.of());
  }

  /** Of the one pool of which the indexer has told already. */
  private static PoolHealthRecord health(IndexedFleet fleet) {
    Fingerprint profile = Fingerprint.of(fleet.placement(1, 1).getProfiles().getFirst().bytes());
    return PoolHealthSample.of("pool-1", profile, 3, 2);
  }

  void publish(long revision) {
    replica.publish(new Snapshot(view, revision, CLOCK.millis(), 0, true));
  }

  int port() {
    return api.port();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, "");
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  /** Asserts that an answer is this problem, and says what to do. */
  static void assertProblem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode json = json(response);
    assertThat(json.path("code").textValue()).as(response.body()).isEqualTo(code);
    assertThat(json.path("status").intValue()).isEqualTo(status);
    assertThat(json.path("detail").textValue()).isNotBlank();
  }

  /** The first endpoint of a host. */
  String endpoint(int host) throws IOException, InterruptedException {
    String name = IndexedFleet.host(host);
    return name + "/" + json(get("/v1/hosts/" + name)).at("/endpoints/0/endpoint").textValue();
  }

  @Override
  public void close() {
    client.close();
    api.close();
    changes.close();
    watchers.close();
    alerts.close();
  }
}
