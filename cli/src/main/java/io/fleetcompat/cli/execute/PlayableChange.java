package io.fleetcompat.cli.execute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.simulation.SimulatedHosts.Software;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A change that simulated trees can show.
 *
 * @param body as the API takes it
 * @param software what the hosts get
 */
record PlayableChange(ObjectNode body, Software software) {

  private static final Set<String> MEMBERS = Set.of("select", "set", "driver", "kernel");

  /** Reads it; what no tree shows is refused. */
  static PlayableChange of(ObjectNode body) {
    Set<String> others = new TreeSet<>();
    body.fieldNames().forEachRemaining(others::add);
    others.removeAll(MEMBERS);
    if (!others.isEmpty()) {
      throw CommandFailure.failed(
          "--execute: expected a change of set, driver and kernel alone, found "
              + String.join(", ", others)
              + ": simulated trees cannot show it; nothing was touched");
    }
    SortedMap<String, String> attributes = new TreeMap<>();
    for (var each : body.path("set").properties()) {
      attributes.put(each.getKey(), each.getValue().asText());
    }
    JsonNode driver = body.path("driver");
    return new PlayableChange(
        body,
        new Software(
            text(driver.path("module")),
            driver.path("version").asText(),
            text(body.path("kernel")),
            attributes));
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
  }

  /** The same change of other hosts. */
  ObjectNode of(Iterable<String> hosts) {
    ObjectNode other = body.deepCopy();
    hosts.forEach(other.putObject("select").putArray("hosts")::add);
    return other;
  }
}
