package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Ages;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.RuleSetText;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that lists where a device may go, the best destination first. */
@Command(
    name = "destinations",
    description =
        "List where SOURCE may go, the best destination first. Exit status 3: nowhere; 4: unknown,"
            + " because its own host has fallen silent.")
public final class DestinationsCommand extends Question {

  @Parameters(
      paramLabel = "SOURCE",
      description = "The source endpoint: HOST/DEVICE or HOST/PARENT/TYPE.")
  private String source;

  @Option(names = "--pool", paramLabel = "POOL", description = "Return only hosts of this pool.")
  private Optional<String> pool;

  @Mixin private PageOptions pages;

  @Option(
      names = "--capacity",
      description =
          "Return only destinations with room: types of which one more can be created now, and"
              + " devices that are free.")
  private boolean capacity;

  @Option(names = "--unknown", description = "Return destinations with the verdict UNKNOWN too.")
  private boolean unknown;

  @Option(
      names = "--stale",
      description =
          "Return hosts that have fallen silent too, and answer even if the source's host has.")
  private boolean stale;

  @Option(names = "--own-host", description = "Return the source's own host too.")
  private boolean ownHost;

  @Mixin private AsOfOption asOf;
  @Mixin private MaxBehindOption maxBehind;

  private DestinationsCommand() {}

  @Override
  String path() {
    return "/v1/destinations";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("source", Optional.of(source));
    parameters.put("pool", pool);
    pages.putInto(parameters);
    parameters.put("capacity", flag(capacity));
    parameters.put("unknown", flag(unknown));
    parameters.put("stale", flag(stale));
    parameters.put("own-host", flag(ownHost));
    asOf.putInto(parameters);
    maxBehind.putInto(parameters);
    return parameters;
  }

  @Override
  Api.Answer ask(Api api, Map<String, Optional<String>> parameters, Optional<String> noBody) {
    return pages.ask(api, path(), parameters, "destinations");
  }

  @Override
  void tellRest(JsonNode answer, PrintWriter err) {
    pages.tellRest(answer, err);
  }

  @Override
  int status(JsonNode answer) {
    if (answer.path("destinations").isEmpty()) {
      return HostText.isFresh(answer.path("sourceHost"))
          ? ExitStatus.INCOMPATIBLE
          : ExitStatus.UNKNOWN;
    }
    return ExitStatus.ofVerdict(answer.path("destinations").path(0).path("verdict").asText());
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    JsonNode destinations = answer.path("destinations");
    if (!destinations.isEmpty()) {
      table(destinations).print(out);
      out.println();
    }
    out.println(
        Printable.line(
            "%d of %s destinations for %s"
                .formatted(
                    destinations.size(),
                    answer.path("total").asText("?"),
                    answer.path("source").asText(source))));
    excluded(answer.path("excluded"), out);
    HostText.printUnlessFresh("source", answer.path("sourceHost"), out);
    RuleSetText.print(answer, out);
  }

  private static Table table(JsonNode destinations) {
    Table table =
        Table.of("DESTINATION", "VERDICT", "CAPACITY", "VERSION", "TO DO", "WARNINGS", "LAST SEEN");
    Instant now = Instant.now();
    for (JsonNode destination : destinations) {
      table.row(
          destination.path("destination").asText("-"),
          destination.path("verdict").asText("-") + overrides(destination.path("overridden")),
          HostText.room(destination),
          version(destination.path("rank")),
          ListText.of(destination.path("obligations"), "attribute"),
          ListText.of(destination.path("warnings"), "rule"),
          Ages.ago(destination.path("lastSeen").asText(""), now));
    }
    return table;
  }

  /** The distance of the destination's version from the source's. */
  private static String version(JsonNode rank) {
    if (!rank.isObject()) {
      return "-";
    }
    long minor = rank.path("minorDistance").asLong();
    long bugfix = rank.path("bugfixDistance").asLong();
    if (minor == 0 && bugfix == 0) {
      return "same";
    }
    return minor != 0
        ? "minor +" + minor
        : "bugfix " + (rank.path("bugfixLower").asBoolean() ? "-" : "+") + bugfix;
  }

  /** The ids of the overrides that it needs. */
  private static String overrides(JsonNode overridden) {
    SortedSet<String> ids = new TreeSet<>();
    overridden.forEach(each -> ids.add(each.path("override").path("id").asText("?")));
    return ids.isEmpty() ? "" : " by override " + String.join(",", ids);
  }

  private static void excluded(JsonNode excluded, PrintWriter out) {
    if (excluded.isEmpty()) {
      return;
    }
    List<String> counts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : excluded.properties()) {
      counts.add(entry.getKey() + " " + entry.getValue().asText());
    }
    out.println(Printable.line("left out: " + String.join(", ", counts)));
  }
}
