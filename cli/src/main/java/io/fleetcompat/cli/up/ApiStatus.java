package io.fleetcompat.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.client.Api;
import java.time.Instant;
import java.util.Map;

/**
 * The state of the running API, as far as {@code up} waits for it. Not whether it is ready: that is
 * what {@code up} decides.
 */
record ApiStatus(
    Instant asOf, long hosts, long endpoints, long profiles, long pendingProfiles, long lag) {

  static ApiStatus ask(Api api) {
    JsonNode status = api.get("/v1/status", Map.of()).json();
    return new ApiStatus(
        status.path("asOf").isTextual()
            ? Instant.parse(status.path("asOf").asText())
            : Instant.EPOCH,
        status.path("hosts").asLong(),
        status.path("endpoints").asLong(),
        status.path("profiles").asLong(),
        status.path("pendingProfiles").asLong(),
        status.path("lag").asLong());
  }

  /** True if it holds all that was in Kafka at a time, with all profiles judged. */
  boolean isSettledAfter(Instant time) {
    return asOf.isAfter(time) && pendingProfiles == 0;
  }

  @Override
  public String toString() {
    return "%d hosts, %d endpoints, %d profiles".formatted(hosts, endpoints, profiles);
  }
}
