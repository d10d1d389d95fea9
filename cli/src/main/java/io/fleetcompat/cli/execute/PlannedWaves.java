package io.fleetcompat.cli.execute;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.PercentCode;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.simulation.SimulatedHosts.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The waves of a pool, read from the answer of a plan. What is read is nobody's word yet: names are
 * looked up among those of the fleet before they are used.
 */
record PlannedWaves(String pool, List<Wave> waves) {

  /** Hosts that are changed at once, and what leaves them before that. */
  record Wave(SortedSet<String> hosts, List<Move> moves) {

    Wave {
      hosts = new TreeSet<>(hosts);
      moves = List.copyOf(moves);
    }
  }

  PlannedWaves {
    waves = List.copyOf(waves);
  }

  /** The waves of all pools. */
  static List<PlannedWaves> of(JsonNode plan) {
    List<PlannedWaves> pools = new ArrayList<>();
    for (JsonNode pool : plan.path("pools")) {
      List<Wave> waves = new ArrayList<>();
      for (JsonNode wave : pool.path("waves")) {
        SortedSet<String> hosts = new TreeSet<>();
        wave.path("hosts").forEach(host -> hosts.add(host.asText()));
        List<Move> moves = new ArrayList<>();
        wave.path("moves").forEach(move -> moves.add(move(move)));
        waves.add(new Wave(hosts, moves));
      }
      pools.add(new PlannedWaves(pool.path("pool").asText(), waves));
    }
    return pools;
  }

  private static Move move(JsonNode move) {
    String device = move.path("device").asText();
    String to = move.path("to").asText();
    try {
      EndpointName place = endpoint(to);
      return new Move(
          endpoint(device).name(),
          move.path("from").asText(),
          PercentCode.decode(to.substring(0, to.indexOf('/'))),
          place.parent().orElse(""),
          place.name());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.failed(
          "expected moves of HOST/DEVICE to HOST/PARENT/TYPE in the plan, found %s to %s"
              .formatted(Quoted.of(device), Quoted.of(to)));
    }
  }

  private static EndpointName endpoint(String reference) {
    int slash = reference.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("expected HOST/ENDPOINT");
    }
    return EndpointName.parse(reference.substring(slash + 1));
  }
}
