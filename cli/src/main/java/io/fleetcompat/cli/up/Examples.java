package io.fleetcompat.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.compatibility.inventory.EndpointName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Three questions that this very fleet answers: one yes, one no, one list.
 *
 * @param commands what to type after {@code fleetcompat}
 */
record Examples(List<List<String>> commands) {

  /** How many hosts and endpoints are tried as an example. */
  private static final int MOST_HOSTS = 60;

  private static final int MOST_SOURCES = 60;

  Examples {
    commands = commands.stream().map(List::copyOf).toList();
  }

  /** Looks for them through the API; fewer where the fleet has no such pair. */
  static Examples find(Api api) {
    List<String> hosts = hosts(api);
    List<String> sources = sources(api, hosts);
    for (String source : sources) {
      Optional<JsonNode> best = bestDestination(api, source);
      Optional<String> worst = incompatible(api, source, hosts);
      if (best.isPresent() && worst.isPresent()) {
        return new Examples(
            List.of(
                List.of("check", source, best.get().path("destination").asText()),
                List.of("check", source, worst.get()),
                List.of("destinations", source, "--limit", "3")));
      }
    }
    return sources.isEmpty()
        ? new Examples(List.of(List.of("hosts")))
        : new Examples(List.of(List.of("destinations", sources.getFirst()), List.of("hosts")));
  }

  private static List<String> hosts(Api api) {
    List<String> names = new ArrayList<>();
    JsonNode answer =
        api.get("/v1/hosts", Map.of("limit", Optional.of(String.valueOf(MOST_HOSTS)))).json();
    answer
        .path("hosts")
        .forEach(host -> names.add(EndpointName.encode(host.path("host").asText())));
    return names;
  }

  private static List<String> sources(Api api, List<String> hosts) {
    List<String> sources = new ArrayList<>();
    for (String host : hosts) {
      JsonNode answer = api.get("/v1/hosts/" + Api.encode(host), Map.of()).json();
      for (JsonNode endpoint : answer.path("endpoints")) {
        sources.add(host + "/" + endpoint.path("endpoint").asText());
      }
      if (sources.size() >= MOST_SOURCES) {
        break;
      }
    }
    return sources;
  }

  private static Optional<JsonNode> bestDestination(Api api, String source) {
    JsonNode answer =
        api.get(
                "/v1/destinations",
                Map.of("source", Optional.of(source), "limit", Optional.of("1")))
            .json();
    return Optional.of(answer.path("destinations").path(0)).filter(d -> !d.isMissingNode());
  }

  /** A host without endpoints is no destination, and no example. */
  private static JsonNode check(Api api, String source, String host) {
    try {
      return api.get(
              "/v1/check", Map.of("source", Optional.of(source), "destination", Optional.of(host)))
          .json();
    } catch (CommandFailure e) {
      return MissingNode.getInstance();
    }
  }

  /** Best with a version as the reason: that is what a reader expects of a migration. */
  private static Optional<String> incompatible(Api api, String source, List<String> hosts) {
    Optional<String> other = Optional.empty();
    List<String> others = hosts.stream().filter(h -> !source.startsWith(h + "/")).toList();
    for (String host : others) {
      JsonNode answer = check(api, source, host);
      if (!answer.path("verdict").asText().equals("INCOMPATIBLE")) {
        continue;
      }
      String destination = answer.path("destination").asText(host);
      if (answer.path("reasons").path(0).path("rule").asText().equals("software-version")) {
        return Optional.of(destination);
      }
      other = other.or(() -> Optional.of(destination));
    }
    return other;
  }
}
