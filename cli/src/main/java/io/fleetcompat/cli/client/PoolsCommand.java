package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Table;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command that lists the pools with their health, or shows one. */
@Command(
    name = "pools",
    description =
        "List the pools with their health, the worst first; or show one: which of its endpoints"
            + " can move to another live host, why the others cannot, its hosts and profiles.")
public final class PoolsCommand extends Listing {

  @Parameters(
      arity = "0..1",
      paramLabel = "POOL",
      description = "Show only this pool, with its health, hosts and profiles.")
  private Optional<String> pool;

  @Mixin private AsOfOption asOf;

  private PoolsCommand() {}

  @Override
  String collection() {
    return "/v1/pools";
  }

  @Override
  boolean isPaged() {
    return false;
  }

  @Override
  Optional<String> member() {
    return pool;
  }

  @Override
  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = super.parameters();
    asOf.putInto(parameters);
    return parameters;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    if (pool.isPresent()) {
      one(answer, out);
      return;
    }
    Table table = Table.of("POOL", "HOSTS", "DEVICES STRANDED", "TYPES STRANDED", "STATE");
    for (JsonNode entry : answer.path("pools")) {
      JsonNode health = entry.path("health");
      table.row(
          entry.path("pool").asText("-"),
          entry.path("hosts").asText("-"),
          PoolText.stranded(health.path("devices")),
          PoolText.stranded(health.path("types")),
          PoolText.state(health));
    }
    table.print(out);
  }

  private static void one(JsonNode answer, PrintWriter out) {
    out.println(
        Printable.line(
            "%s: %s hosts"
                .formatted(answer.path("pool").asText("?"), answer.path("hosts").asText("?"))));
    PoolText.print(answer, out);
    out.println();
    for (JsonNode member : answer.path("members")) {
      out.println(Printable.line("  " + member.asText(member.path("host").asText("?"))));
    }
    Table table = Table.of("TYPE", "HOSTS", "EXAMPLE", "PROFILE");
    for (JsonNode entry : answer.path("profiles")) {
      table.row(
          ListText.like(entry),
          entry.path("hosts").asText("-"),
          entry.path("example").asText("-"),
          entry.path("profile").asText("-"));
    }
    table.print(out);
  }
}
