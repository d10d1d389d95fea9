package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.schemas.HostProblemKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The words about the problems of hosts: how many there are of each kind, and what to do. */
final class ProblemText {

  private ProblemText() {}

  /** The number of problems and findings of a host, whatever their kinds; a dash for none. */
  static String count(JsonNode host) {
    long count = 0;
    for (JsonNode each : host.path("problemCounts")) {
      count += each.asLong();
    }
    return count == 0 ? "-" : String.valueOf(count);
  }

  /** A sentence for each kind of problem that some of these hosts have. */
  static List<String> ofHosts(Iterable<JsonNode> hosts) {
    Map<HostProblemKind, long[]> counts = new EnumMap<>(HostProblemKind.class);
    for (JsonNode host : hosts) {
      host.path("problemCounts")
          .properties()
          .forEach(
              count -> {
                long[] sums =
                    counts.computeIfAbsent(HostProblemKind.of(count.getKey()), _ -> new long[2]);
                sums[0] += count.getValue().asLong();
                sums[1]++;
              });
    }
    return counts.entrySet().stream()
        .map(
            each ->
                sentence(
                    each.getKey().toString(),
                    each.getValue()[0],
                    each.getValue()[1],
                    each.getKey().meaning(),
                    each.getKey().toDo()))
        .toList();
  }

  /** A sentence for each kind of problem that the status of an index tells of. */
  static List<String> ofStatus(JsonNode status) {
    return StreamSupport.stream(status.path("problems").spliterator(), false)
        .map(
            kind ->
                sentence(
                    kind.path("kind").asText("?"),
                    kind.path("problems").asLong(),
                    kind.path("hosts").asLong(),
                    kind.path("meaning").asText("?"),
                    kind.path("toDo").asText("?")))
        .toList();
  }

  private static String sentence(
      String kind, long problems, long hosts, String meaning, String toDo) {
    return "%s: %d on %d host%s: %s; to do: %s"
        .formatted(kind, problems, hosts, hosts == 1 ? "" : "s", meaning, toDo);
  }
}
