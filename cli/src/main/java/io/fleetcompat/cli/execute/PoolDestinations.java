package io.fleetcompat.cli.execute;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.inventory.EndpointName;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The destinations that the devices of a pool have in it, as {@code /v1/destinations} lists them.
 */
final class PoolDestinations {

  private static final String PAGE = "1000";

  private final Index index;
  private final String pool;

  PoolDestinations(Index index, String pool) {
    this.index = index;
    this.pool = pool;
  }

  /**
   * The number of other live hosts with room for a device.
   *
   * @param out hosts that do not count
   * @param enough no more are looked for
   */
  int hostsWithRoom(String host, String device, Set<String> out, int enough) {
    Set<String> found = new HashSet<>();
    Optional<String> cursor = Optional.empty();
    do {
      JsonNode page = ask(host, device, true, cursor);
      for (JsonNode each : page.path("destinations")) {
        String to = each.path("host").asText();
        if (!out.contains(to) && !to.equals(host)) {
          found.add(to);
        }
      }
      cursor = Optional.of(page.path("next").asText("")).filter(next -> !next.isEmpty());
    } while (cursor.isPresent() && found.size() < enough);
    return Math.min(enough, found.size());
  }

  /** True where some other live host would take it, whatever its room. */
  boolean any(String host, String device) {
    return ask(host, device, false, Optional.empty()).path("total").asLong() > 0;
  }

  private JsonNode ask(String host, String device, boolean room, Optional<String> cursor) {
    Map<String, Optional<String>> parameters = new TreeMap<>();
    parameters.put("source", Optional.of(EndpointName.encode(host) + "/" + device));
    parameters.put("pool", Optional.of(pool));
    parameters.put("capacity", room ? Optional.of("true") : Optional.empty());
    parameters.put("limit", Optional.of(room ? PAGE : "1"));
    parameters.put("cursor", cursor);
    return index.get("/v1/destinations", parameters);
  }
}
