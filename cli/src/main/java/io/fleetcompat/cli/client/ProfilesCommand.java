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
    Table table = Table.of("PROFILE", "HOSTS", "ENDPOINTS", "FACETS");
    if (profile.isPresent()) {
      row(answer, table);
      table.print(out);
      out.println(Printable.document(answer.path("content").toPrettyString()));
      return;
    }
    answer.path("profiles").forEach(entry -> row(entry, table));
    table.print(out);
    more(answer, out);
  }

  private static void row(JsonNode entry, Table table) {
    List<String> facets = new ArrayList<>();
    entry.path("facets").forEach(facet -> facets.add(facet.asText()));
    table.row(
        entry.path("profile").asText("-"),
        entry.path("hosts").asText("-"),
        entry.path("endpoints").asText("-"),
        facets.isEmpty() ? "-" : String.join(",", facets));
  }
}
