package io.fleetcompat.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.inventory.EndpointName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Three questions that this very fleet answers: one yes, one no, one list.
 *
 * @param commands what to type after {@code fleetcompat}
 */
record Examples(List<List<String>> commands) {

  /** Hosts and endpoints that are tried as an example, at most. */
  private static final int MOST_HOSTS = 60;

  private static final int MOST_SOURCES = 60;

  /** The lines of a list. */
  private static final String FEW = "3";

  Examples {
    commands = commands.stream().map(List::copyOf).toList();
  }

  /** Looks for them through the API; fewer where the fleet has no such pair. */
  static Examples find(Api api) {
    List<String> hosts = hosts(api);
    List<String> sources = sources(api, hosts);
    Optional<Pair> no = Optional.empty();
    for (String source : sources) {
      if (no.filter(found -> found.likeness() == Likeness.VERSION).isPresent()) {
        break;
      }
      if (bestDestination(api, source).isPresent()) {
        no = closer(no, incompatible(api, source, hosts));
      }
    }
    if (no.isPresent()) {
      return of(api, no.get());
    }
    return sources.isEmpty()
        ? new Examples(List.of(List.of("hosts", "--limit", FEW)))
        : new Examples(
            List.of(List.of("destinations", sources.getFirst()), List.of("hosts", "--limit", FEW)));
  }

  private static Examples of(Api api, Pair no) {
    String yes = bestDestination(api, no.source()).orElseThrow().path("destination").asText();
    return new Examples(
        List.of(
            List.of("check", no.source(), yes),
            List.of("check", no.source(), no.destination()),
            List.of("destinations", no.source(), "--limit", FEW)));
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

  /** A host that is not there, or has no endpoints, is no destination, and no example. */
  private static JsonNode check(Api api, String source, String destination) {
    try {
      return api.get(
              "/v1/check",
              Map.of("source", Optional.of(source), "destination", Optional.of(destination)))
          .json();
    } catch (CommandFailure e) {
      return MissingNode.getInstance();
    }
  }

  /** The same endpoint of another host, where one differs in content; else any that it cannot. */
  private static Optional<Pair> incompatible(Api api, String source, List<String> hosts) {
    Optional<Pair> best = Optional.empty();
    String endpoint = source.substring(source.indexOf('/'));
    List<String> others = hosts.stream().filter(h -> !source.startsWith(h + "/")).toList();
    for (String host : others) {
      best = closer(best, incompatible(api, source, host + endpoint));
    }
    for (int i = 0; best.isEmpty() && i < others.size(); i++) {
      best = incompatible(api, source, others.get(i));
    }
    return best;
  }

  private static Optional<Pair> incompatible(Api api, String source, String destination) {
    JsonNode answer = check(api, source, destination);
    if (!answer.path("verdict").asText().equals("INCOMPATIBLE")) {
      return Optional.empty();
    }
    Set<String> rules = new TreeSet<>();
    answer.path("reasons").forEach(reason -> rules.add(reason.path("rule").asText()));
    return Optional.of(
        new Pair(source, answer.path("destination").asText(destination), Likeness.of(rules)));
  }

  /** The first of those that are equally close. */
  private static Optional<Pair> closer(Optional<Pair> one, Optional<Pair> other) {
    return Stream.concat(one.stream(), other.stream()).min(Comparator.comparing(Pair::likeness));
  }

  /** A pair whose verdict is no. */
  private record Pair(String source, String destination, Likeness likeness) {}

  /** The likeness of two that do not fit: a version is what a reader expects to be the reason. */
  enum Likeness {
    VERSION,
    VALUES,
    UNLIKE;

    private static final String VERSION_RULE = FixedRule.SOFTWARE_VERSION.toString();
    private static final Set<String> OF_VALUES =
        Set.of(
            VERSION_RULE,
            FixedRule.COMPATIBLE_VALUES.toString(),
            FixedRule.FEATURE_BITS.toString(),
            FixedRule.SELF_COMPATIBLE.toString());

    static Likeness of(Set<String> rules) {
      if (!OF_VALUES.containsAll(rules)) {
        return UNLIKE;
      }
      return rules.contains(VERSION_RULE) ? VERSION : VALUES;
    }
  }
}
