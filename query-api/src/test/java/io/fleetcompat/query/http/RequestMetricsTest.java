package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RequestMetrics metrics = new RequestMetrics(registry, Set.of("/v1/check"));

  @Test
  void lookupsAreCountedInBucketsByTheirRouteFromTheStartOn() {
    assertThat(registry.scrape())
        .contains("fleetcompat_query_lookup_seconds_count{route=\"/v1/check\"} 0");
    metrics.lookup("/v1/check", TimeUnit.MICROSECONDS.toNanos(90));
    metrics.lookup("/v1/check", TimeUnit.MILLISECONDS.toNanos(3));
    metrics.lookup("/v1/status", 1);
    assertThat(registry.scrape())
        .contains(
            "# TYPE fleetcompat_query_lookup_seconds histogram",
            "fleetcompat_query_lookup_seconds_bucket{route=\"/v1/check\",le=\"5.0E-5\"} 0",
            "fleetcompat_query_lookup_seconds_bucket{route=\"/v1/check\",le=\"1.0E-4\"} 1",
            "fleetcompat_query_lookup_seconds_bucket{route=\"/v1/check\",le=\"0.005\"} 2",
            "fleetcompat_query_lookup_seconds_bucket{route=\"/v1/check\",le=\"+Inf\"} 2")
        .doesNotContain("/v1/status");
  }
}
