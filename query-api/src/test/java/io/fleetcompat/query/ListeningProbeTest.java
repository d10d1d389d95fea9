package io.fleetcompat.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.http.HttpApi;
import io.fleetcompat.query.http.HttpBounds;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.ReplicaHealth;
import io.fleetcompat.testing.Await;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The threads of a server that are not ours, when they throw. */
class ListeningProbeTest {

  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private HttpApi api() {
    Replica replica = new Replica(IndexView.empty());
    Clock clock = Clock.systemUTC();
    Duration age = Duration.ofMinutes(1);
    return HttpApi.start(
        "127.0.0.1",
        0,
        HttpBounds.DEFAULTS,
        new HttpApi.Parts(
            replica,
            new HeardSightings(replica.lastSeen(), age, age, clock),
            new PairVerdicts<>(WrittenVerdict.FORM),
            metrics,
            ReplicaHealth.ofFilled(replica, () -> true),
            new RejectedRecords(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            age,
            clock,
            () -> Duration.ZERO));
  }

  @Test
  void aListenerThatEndedIsNoticed() {
    HttpApi api = api();
    ListeningProbe probe = new ListeningProbe("127.0.0.1", api.port());
    assertThat(probe.look()).isEmpty();
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("server-@default-listener"))
        .forEach(Thread::interrupt); // accepting then fails, as it does without file descriptors
    Await.until("it is noticed", () -> probe.look().isPresent());
    assertThat(probe.look().orElseThrow()).contains("does not listen", "" + api.port());
  }

  @Test
  void aMetricThatThrowsTakesNoOtherWithIt() throws Exception {
    Gauge.builder(
            "broken",
            () -> {
              throw new IllegalStateException("a mistake of ours");
            })
        .register(metrics);
    try (HttpApi api = api();
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + api.port() + "/metrics");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("broken NaN");
    }
  }
}
