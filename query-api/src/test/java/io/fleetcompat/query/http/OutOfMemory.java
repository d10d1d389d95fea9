package io.fleetcompat.query.http;

import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A process whose only route takes all the memory there is, and which asks it once. */
final class OutOfMemory {

  /** The option that {@code fleetcompat} gives every JVM but that of a collector. */
  static final String OPTION = "-XX:+ExitOnOutOfMemoryError";

  /** The option by which the status is that of a process that is killed, and no verdict. */
  static final String KILLING = "-XX:OnOutOfMemoryError=kill -9 %p";

  private OutOfMemory() {}

  public static void main(String[] arguments) throws Exception {
    Route greedy =
        Route.always(
            "/greedy",
            call -> {
              List<byte[]> all = new ArrayList<>();
              while (all.size() < Integer.MAX_VALUE) {
                all.add(new byte[1 << 20]);
              }
              return Response.text("text/plain", "room for " + all.size());
            });
    Dispatcher dispatcher =
        new Dispatcher(
            List.of(greedy),
            new Replica(IndexView.empty()),
            new PastApi(Optional.empty(), (_, _) -> List.of(), ApiFixture.CLOCK),
            ApiFixture.nothingWithin(),
            HttpBounds.DEFAULTS,
            Duration.ofSeconds(5),
            ApiFixture.CLOCK,
            new RequestMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Set.of()));
    try (HttpServer server =
            HttpServer.start(
                "127.0.0.1", 0, HttpBounds.DEFAULTS, dispatcher, new SimpleMeterRegistry());
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/greedy");
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }
}
