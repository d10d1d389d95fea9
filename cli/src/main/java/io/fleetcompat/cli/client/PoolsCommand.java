package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that lists the pools, or shows the hosts and profiles of one. */
@Command(name = "pools", description = "List the pools, or show one with its hosts and profiles.")
public final class PoolsCommand extends Listing {

  @Parameters(
      arity = "0..1",
      paramLabel = "POOL",
      description = "Show only this pool, with its hosts and profiles.")
  private Optional<String> pool;

  private PoolsCommand() {}

  @Override
  String collection() {
    return "/v1/pools";
  }

  @Override
  Optional<String> member() {
    return pool;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    if (pool.isPresent()) {
      one(answer, out);
      return;
    }
    Table table = Table.of("POOL", "HOSTS");
    for (JsonNode entry : answer.path("pools")) {
      table.row(entry.path("pool").asText("-"), entry.path("hosts").asText("-"));
    }
    table.print(out);
    more(answer, out);
  }

  private static void one(JsonNode answer, PrintWriter out) {
    out.println(
        Printable.line(
            "%s: %s hosts"
                .formatted(answer.path("pool").asText("?"), answer.path("hosts").asText("?"))));
    for (JsonNode member : answer.path("members")) {
      out.println(Printable.line("  " + member.asText(member.path("host").asText("?"))));
    }
    Table table = Table.of("PROFILE", "HOSTS");
    for (JsonNode entry : answer.path("profiles")) {
      table.row(entry.path("profile").asText("-"), entry.path("hosts").asText("-"));
    }
    table.print(out);
  }
}
