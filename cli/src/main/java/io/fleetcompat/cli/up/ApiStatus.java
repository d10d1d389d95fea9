package io.fleetcompat.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.client.Api;
import java.util.Map;

/** What the running API says of itself, as far as {@code up} waits for it. */
record ApiStatus(
    boolean ready, long hosts, long endpoints, long profiles, long pendingProfiles, long lag) {

  static ApiStatus ask(Api api) {
    JsonNode status = api.get("/v1/status", Map.of()).json();
    return new ApiStatus(
        status.path("ready").asBoolean(),
        status.path("hosts").asLong(),
        status.path("endpoints").asLong(),
        status.path("profiles").asLong(),
        status.path("pendingProfiles").asLong(),
        status.path("lag").asLong());
  }

  /** Whether so many hosts are indexed, and all their profiles judged. */
  boolean covers(int expectedHosts) {
    return ready && lag == 0 && hosts >= expectedHosts && pendingProfiles == 0;
  }

  @Override
  public String toString() {
    return "%d hosts, %d endpoints, %d profiles".formatted(hosts, endpoints, profiles);
  }
}
