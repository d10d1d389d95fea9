package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Ages;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that lists the hosts, or shows all that is known of one. */
@Command(name = "hosts", description = "List the hosts, or show one with its endpoints.")
public final class HostsCommand extends Listing {

  @Parameters(
      arity = "0..1",
      paramLabel = "HOST",
      description = "Show only this host, with its endpoints.")
  private Optional<String> host;

  @Option(names = "--pool", paramLabel = "POOL", description = "Return only hosts of this pool.")
  private Optional<String> pool;

  @Option(
      names = "--liveness",
      paramLabel = "fresh|stale|lost",
      description = "Return only hosts with this liveness.")
  private Optional<String> liveness;

  @Mixin private AsOfOption asOf;
  @Mixin private MaxBehindOption maxBehind;

  private HostsCommand() {}

  @Override
  String collection() {
    return "/v1/hosts";
  }

  @Override
  Optional<String> member() {
    return host;
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = super.parameters();
    parameters.put("pool", pool);
    parameters.put("liveness", liveness.map(word -> word.toUpperCase(Locale.ROOT)));
    asOf.putInto(parameters);
    maxBehind.putInto(parameters);
    return parameters;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    if (host.isPresent()) {
      one(answer, out);
      return;
    }
    Table table = Table.of("HOST", "POOL", "LIVENESS", "LAST SEEN", "ENDPOINTS", "PROBLEMS");
    Instant now = Instant.now();
    for (JsonNode entry : answer.path("hosts")) {
      table.row(
          entry.path("host").asText("-"),
          entry.path("labels").path("pool").asText(entry.path("pool").asText("-")),
          entry.path("liveness").asText("-"),
          Ages.ago(entry.path("lastSeen").asText(""), now),
          count(entry.path("endpoints")),
          ProblemText.count(entry));
    }
    table.print(out);
    // A host of which a part is not in the index says so wherever it is listed.
    for (JsonNode entry : answer.path("hosts")) {
      ExtentText.refused(entry).ifPresent(sentence -> out.println(Printable.line(sentence)));
    }
    ProblemText.ofHosts(answer.path("hosts"))
        .forEach(sentence -> out.println(Printable.line(sentence)));
  }

  private static void one(JsonNode answer, PrintWriter out) {
    out.println(
        Printable.line(
            "%s: %s, last seen %s, kernel %s, labels %s"
                .formatted(
                    answer.path("host").asText("?"),
                    answer.path("liveness").asText("?"),
                    Ages.ago(answer.path("lastSeen").asText(""), Instant.now()),
                    answer.path("kernel").asText("unknown"),
                    labels(answer.path("labels")))));
    if (answer.hasNonNull("behind")) {
      out.println(
          "it has sent a newer document, which has not been indexed for "
              + HostText.behind(answer));
    }
    for (JsonNode finding : answer.path("findings")) {
      out.println(Printable.line("finding: " + finding(finding.asText())));
    }
    if (answer.hasNonNull("formerHost")) {
      out.println(
          Printable.line(
              "renamed %s, formerly %s"
                  .formatted(
                      Ages.ago(answer.path("renamedAt").asText(""), Instant.now()),
                      answer.path("formerHost").asText())));
    }
    for (JsonNode name : answer.path("renamedTo")) {
      out.println(Printable.line("renamed, now " + name.asText()));
    }
    Table table = Table.of("ENDPOINT", "KIND", "CAPACITY", "PROFILE");
    for (JsonNode endpoint : answer.path("endpoints")) {
      table.row(
          endpoint.path("endpoint").asText("-"),
          endpoint.path("kind").asText("-"),
          HostText.room(endpoint),
          endpoint.path("profile").asText("-"));
    }
    table.print(out);
    ExtentText.of(answer).forEach(sentence -> out.println(Printable.line(sentence)));
    for (JsonNode claim : answer.path("declared")) {
      out.println(Printable.line(DeclaredText.of(claim)));
    }
    for (JsonNode problem : answer.path("problems")) {
      out.println(Printable.line("problem: " + problem(problem)));
    }
    ProblemText.ofHosts(List.of(answer)).forEach(sentence -> out.println(Printable.line(sentence)));
  }

  private static String finding(String finding) {
    return switch (finding) {
      case "twin-host" -> "two collectors use its name";
      case "conflicting-documents" ->
          "two documents with one version were sent under its name; it is not live until it sends"
              + " a newer one";
      case "false-speaker" ->
          "records came under its name that it has not sent now: without its key's mark, or old"
              + " ones again";
      default -> finding;
    };
  }

  private static String problem(JsonNode problem) {
    return "%s at %s: %s"
        .formatted(
            problem.path("code").asText("?"),
            problem.path("path").asText("?"),
            problem.path("detail").asText(""));
  }

  private static String labels(JsonNode labels) {
    return labels.isEmpty()
        ? "none"
        : labels.properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asText())
            .collect(Collectors.joining(" "));
  }

  private static String count(JsonNode endpoints) {
    return endpoints.isContainerNode() ? String.valueOf(endpoints.size()) : endpoints.asText("-");
  }
}
