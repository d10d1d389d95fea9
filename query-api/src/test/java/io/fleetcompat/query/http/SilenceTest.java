package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The answers where nobody has heard of the hosts for 61 seconds. */
class SilenceTest {

  private static final Clock LATER = Clock.fixed(Instant.EPOCH.plusSeconds(61), ZoneOffset.UTC);

  @Test
  void destinationsOfASilentSourceAgreeWithCheck() throws Exception {
    try (ApiFixture api = new ApiFixture(HttpBounds.DEFAULTS, LATER, true)) {
      String source = api.endpoint(0);
      String question = "/v1/destinations?source=" + source;
      JsonNode none = ApiFixture.json(api.get(question));
      assertThat(none.path("destinations")).isEmpty();
      assertThat(none.path("total").intValue()).isZero();
      assertThat(none.at("/sourceHost/liveness").textValue()).isEqualTo("STALE");
      JsonNode all = ApiFixture.json(api.get(question + "&stale=true"));
      assertThat(all.path("destinations")).isNotEmpty();
      assertThat(all.path("total").intValue()).isEqualTo(all.path("destinations").size());
      assertThat(none.at("/excluded/host-stale").intValue())
          .isEqualTo(all.path("destinations").size());
      for (JsonNode destination : all.path("destinations")) {
        String pair = source + "&destination=" + destination.path("destination").textValue();
        JsonNode check = ApiFixture.json(api.get("/v1/check?source=" + pair));
        assertThat(destination.path("verdict")).isEqualTo(check.path("verdict"));
        assertThat(check.path("verdict").textValue()).isEqualTo("UNKNOWN");
        assertThat(destination.path("liveness").textValue()).isEqualTo("STALE");
      }
    }
  }

  @Test
  void soDoThoseOfAMachine() throws Exception {
    try (ApiFixture api = new ApiFixture(HttpBounds.DEFAULTS, LATER, true)) {
      String sources = "{\"sources\":[\"" + api.endpoint(0) + "\"]";
      JsonNode none = ApiFixture.json(api.post("/v1/destinations", sources + "}"));
      assertThat(none.path("destinations")).isEmpty();
      assertThat(none.at("/excluded/host-stale").intValue()).isPositive();
      assertThat(none.at("/sources/0/sourceHost/liveness").textValue()).isEqualTo("STALE");
      JsonNode all = ApiFixture.json(api.post("/v1/destinations", sources + ",\"stale\":true}"));
      assertThat(all.path("destinations")).isNotEmpty();
      for (JsonNode fit : all.path("destinations")) {
        assertThat(fit.at("/devices/0/verdict").textValue()).isEqualTo("UNKNOWN");
      }
    }
  }

  @Test
  void statusIsReadyExactlyIfHealthIs() throws Exception {
    for (boolean filled : new boolean[] {true, false}) {
      try (ApiFixture api = new ApiFixture(HttpBounds.DEFAULTS, LATER, filled)) {
        assertThat(ApiFixture.json(api.get("/v1/status")).path("ready").booleanValue())
            .isEqualTo(filled);
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(filled ? 200 : 503);
      }
    }
  }
}
