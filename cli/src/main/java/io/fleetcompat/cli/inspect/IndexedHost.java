package io.fleetcompat.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.client.DeclaredText;
import io.fleetcompat.cli.client.ExtentText;
import io.fleetcompat.cli.output.Ages;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.tree.ReadEndpoints;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.EndpointSpellings;
import io.fleetcompat.settings.Nearest;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The index's knowledge of a host, as a running API tells it.
 *
 * @param host its answer about the host, with no other endpoints than those that are wanted
 * @param profiles its answers about the profiles of those, by id
 */
record IndexedHost(JsonNode host, SortedMap<String, JsonNode> profiles) {

  /** Profiles that are asked for: a host rarely has more than a few dozen. */
  static final int MOST_PROFILES = 200;

  /** Endpoints that a message names as those that may have been meant. */
  private static final int MOST_LIKELY = 3;

  static IndexedHost ask(Api api, String name, Optional<EndpointName> wanted) {
    JsonNode host = api.get("/v1/hosts/" + Api.encode(name), Map.of()).json();
    wanted.ifPresent(endpoint -> keepOnly(api, host, endpoint));
    SortedMap<String, JsonNode> profiles = new TreeMap<>();
    distinctProfiles(host).stream()
        .limit(MOST_PROFILES)
        .forEach(id -> profile(api, id).ifPresent(profile -> profiles.put(id, profile)));
    return new IndexedHost(host, profiles);
  }

  /** In the order of the endpoints that have them. */
  private static List<String> distinctProfiles(JsonNode host) {
    return StreamSupport.stream(host.path("endpoints").spliterator(), false)
        .map(endpoint -> endpoint.path("profile").asText(""))
        .filter(id -> !id.isEmpty())
        .distinct()
        .toList();
  }

  /** A profile that is gone by now leaves a gap, and no failure. */
  private static Optional<JsonNode> profile(Api api, String id) {
    try {
      return Optional.of(api.get("/v1/profiles/" + Api.encode(id), Map.of()).json());
    } catch (CommandFailure e) {
      if (e.status() == ExitStatus.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void keepOnly(Api api, JsonNode host, EndpointName wanted) {
    if (host.path("endpoints") instanceof ArrayNode endpoints) {
      ReadEndpoints known =
          new ReadEndpoints(
              new EndpointSpellings(
                  StreamSupport.stream(endpoints.spliterator(), false)
                      .map(IndexedHost::local)
                      .toList(),
                  List.of(),
                  index -> typeName(api, endpoints.get(index))));
      Optional<String> meant = known.meant("--endpoint", wanted).map(EndpointName::toString);
      if (meant.isEmpty()) {
        throw CommandFailure.notFound(
            "expected the endpoint %s of %s in the index; there is none%s"
                .formatted(
                    wanted,
                    host.path("host").asText("?"),
                    Nearest.question(known.likely(wanted, MOST_LIKELY))));
      }
      for (int i = endpoints.size() - 1; i >= 0; i--) {
        if (!local(endpoints.get(i)).equals(meant.get())) {
          endpoints.remove(i);
        }
      }
    }
  }

  /** The name of an endpoint's type, where its profile tells it. */
  private static Optional<String> typeName(Api api, JsonNode endpoint) {
    try {
      return Optional.of(endpoint.path("profile").asText(""))
          .filter(id -> !id.isEmpty())
          .flatMap(id -> profile(api, id))
          .map(answer -> Profile.parse(answer.path("content").toString()))
          .flatMap(profile -> Likeness.of(profile).typeName());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // of another version than ours: then its id has to do
    }
  }

  /** The name of an endpoint within its host. */
  private static String local(JsonNode endpoint) {
    return endpoint.path("endpoint").asText("?");
  }

  boolean isEmpty() {
    return host.path("endpoints").isEmpty();
  }

  JsonNode json() {
    if (host instanceof ObjectNode object) {
      ObjectNode all = object.deepCopy();
      ObjectNode byId = all.putObject("profiles");
      profiles.forEach(byId::set);
      return all;
    }
    return host;
  }

  void print(boolean brief, PrintWriter out) {
    line(out, "Inspected %s, as the index has it".formatted(host.path("host").asText("?")));
    line(
        out,
        "  freshness  %s, last seen %s"
            .formatted(
                host.path("liveness").asText("?"),
                Ages.ago(host.path("lastSeen").asText(""), Instant.now())));
    line(out, "  kernel     " + host.path("kernel").asText("not known"));
    line(
        out,
        "  endpoints  %d, shown in %d groups"
            .formatted(host.path("endpoints").size(), groups().size()));
    line(out, "  problems   " + host.path("problems").size());
    ExtentText.of(host).forEach(sentence -> line(out, "  " + sentence));
    int number = 0;
    for (Map.Entry<List<String>, List<JsonNode>> group : groups().entrySet()) {
      number++;
      out.println();
      print(number, group.getKey(), group.getValue(), brief, out);
    }
    if (!host.path("declared").isEmpty()) {
      out.println();
      line(out, "Declared against observed");
    }
    for (JsonNode claim : host.path("declared")) {
      line(out, "  " + DeclaredText.of(claim));
    }
    if (!host.path("problems").isEmpty()) {
      out.println();
      line(out, "Problems: what was skipped, or is not what it should be");
    }
    for (JsonNode problem : host.path("problems")) {
      line(out, "  %s at %s".formatted(problem.path("code").asText("?"), place(problem)));
      line(out, "      " + problem.path("detail").asText(""));
    }
  }

  private static String place(JsonNode problem) {
    String path = problem.path("path").asText("");
    return path.isEmpty() ? "the host" : path;
  }

  /** Endpoints of one kind, profile and type. */
  private Map<List<String>, List<JsonNode>> groups() {
    Map<List<String>, List<JsonNode>> groups = new LinkedHashMap<>();
    for (JsonNode endpoint : host.path("endpoints")) {
      String name = local(endpoint);
      int slash = name.indexOf('/');
      List<String> key =
          List.of(
              endpoint.path("kind").asText("?"),
              endpoint.path("profile").asText("-"),
              slash < 0 ? "" : name.substring(slash + 1));
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(endpoint);
    }
    return groups;
  }

  private void print(
      int number, List<String> key, List<JsonNode> members, boolean brief, PrintWriter out) {
    String type = key.get(2);
    List<String> names = members.stream().map(IndexedHost::local).toList();
    List<String> heads =
        names.stream()
            .map(name -> type.isEmpty() ? name : name.substring(0, name.indexOf('/')))
            .toList();
    String shown =
        names.size() == 1 || type.isEmpty()
            ? FoldedNames.of(names)
            : "{%s}/%s".formatted(FoldedNames.of(heads), type);
    line(out, "%d. %s".formatted(number, shown));
    line(out, "  kind       %d %s".formatted(members.size(), key.get(0)));
    line(out, "  profile    " + key.get(1));
    JsonNode profile = profiles.getOrDefault(key.get(1), MissingNode.getInstance());
    line(out, "  facets     " + facets(profile));
    String capacities =
        members.stream()
            .map(member -> member.path("capacity").asText("null"))
            .filter(capacity -> !capacity.equals("null") && !capacity.isEmpty())
            .distinct()
            .sorted()
            .collect(Collectors.joining(" or "));
    if (!capacities.isEmpty()) {
      line(out, "  capacity   " + capacities);
    }
    if (!brief && !profile.path("content").isMissingNode()) {
      profile
          .path("content")
          .path("facets")
          .properties()
          .forEach(facet -> line(out, "  %s  %s".formatted(facet.getKey(), facet.getValue())));
    }
  }

  private static String facets(JsonNode profile) {
    if (profile.isMissingNode()) {
      return "not known: the index has the profile no more, or it is beyond the first %d"
          .formatted(MOST_PROFILES);
    }
    List<String> facets = new ArrayList<>();
    profile.path("facets").forEach(facet -> facets.add(facet.asText()));
    return facets.isEmpty() ? "none" : String.join(", ", facets);
  }

  private static void line(PrintWriter out, String text) {
    out.println(Printable.line(text).stripTrailing());
  }
}
