package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that lists the profiles, or shows the content of one. */
@Command(
    name = "profiles",
    description = "List the profiles that the fleet has, or show one with its content.")
public final class ProfilesCommand extends Listing {

  @Parameters(
      arity = "0..1",
      paramLabel = "PROFILE",
      description = "Show only this profile, with its content.")
  private Optional<String> profile;

  private ProfilesCommand() {}

  @Override
  String collection() {
    return "/v1/profiles";
  }

  @Override
  Optional<String> member() {
    return profile;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    if (profile.isPresent()) {
      one(answer, out);
      out.println(Printable.document(answer.path("content").toPrettyString()));
      return;
    }
    Table table = Table.of("TYPE", "HOSTS", "ENDPOINTS", "EXAMPLE", "PROFILE");
    for (JsonNode entry : answer.path("profiles")) {
      table.row(
          ListText.like(entry),
          entry.path("hosts").asText("-"),
          entry.path("endpoints").asText("-"),
          entry.path("example").asText("-"),
          entry.path("profile").asText("-"));
    }
    table.print(out);
  }

  private static void one(JsonNode answer, PrintWriter out) {
    List<String> facets = new ArrayList<>();
    answer.path("facets").forEach(facet -> facets.add(facet.asText()));
    out.println(
        Printable.line(
            "%s: %s, %s endpoints on %s hosts"
                .formatted(
                    answer.path("profile").asText("-"),
                    ListText.like(answer),
                    answer.path("endpoints").asText("-"),
                    answer.path("hosts").asText("-"))));
    out.println(Printable.line("  such as " + answer.path("example").asText("none")));
    out.println(
        Printable.line("  facets " + (facets.isEmpty() ? "none" : String.join(", ", facets))));
  }
}
