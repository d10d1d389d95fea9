package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.report.HtmlPage;
import io.fleetcompat.cli.report.MarkdownPage;
import io.fleetcompat.cli.report.PoolReport;
import io.fleetcompat.cli.report.ReportPage;
import io.fleetcompat.settings.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that writes a report about a pool, to be attached to a change ticket. */
@Command(
    name = "report",
    description =
        "Write a report about a pool as one file: its movable share over time, upgrades, what is"
            + " stranded since, its matrix before and after, and what has changed.",
    footer = {
      "%nExample:",
      "  fleetcompat audit report --pool gold --since 7d -o html --file gold.html"
    })
public final class AuditReport implements Callable<Integer> {

  /** Most changes of the pool's health that are plotted. */
  private static final long MOST_POINTS = 10_000;

  /** Most other changes that are listed. */
  private static final long MOST_CHANGES = 200;

  private enum Form {
    html,
    md
  }

  @Spec private CommandSpec spec;

  @Mixin private AddressOption address;

  @Option(names = "--pool", paramLabel = "POOL", required = true, description = "The pool.")
  private String pool;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "24h",
      description =
          "From then until now: such as 2026-11-26T10:00:00Z, or how long ago, such as 7d"
              + " (default: ${DEFAULT-VALUE}).")
  private String since;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "html|md",
      defaultValue = "html",
      description = "The format (default: ${DEFAULT-VALUE}).")
  private Form form;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Write to this file (default: what the command prints).")
  private Optional<Path> file;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Wait at most this long for each answer (default: ${DEFAULT-VALUE}).")
  private String timeout;

  private AuditReport() {}

  @Override
  public Integer call() {
    ReportPage page = form == Form.html ? new HtmlPage() : new MarkdownPage();
    report(api()).write(page);
    if (file.isEmpty()) {
      spec.commandLine().getOut().print(page.document());
      return ExitStatus.OK;
    }
    try {
      Files.writeString(file.get(), page.document());
      return ExitStatus.OK;
    } catch (IOException e) {
      throw CommandFailure.failed("writing " + file.get() + " failed: " + e.getMessage());
    }
  }

  private Api api() {
    try {
      return address.api(Times.parse(timeout));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** The two times are found first: a duration such as 24h would mean another in each question. */
  private PoolReport report(Api api) {
    JsonNode difference = ask(api, "/v1/diff", Map.of("from", since, "pool", pool));
    String from = difference.path("from").asText();
    String to = difference.path("to").asText();
    String at = "/v1/pools/" + Api.encode(pool);
    List<JsonNode> health = new ArrayList<>();
    ChangePages healths = changes(api, from, to, Optional.of("pool-health-changed"));
    healths.forEach(MOST_POINTS, health::add);
    Collections.reverse(health);
    List<JsonNode> others = new ArrayList<>();
    ChangePages all = changes(api, from, to, Optional.empty());
    all.forEach(
        MOST_CHANGES,
        change -> {
          if (!change.path("kind").asText().equals("pool")) {
            others.add(change);
          }
        });
    return new PoolReport(
        pool,
        Instant.parse(from),
        Instant.parse(to),
        ask(api, at, Map.of("as-of", from)),
        ask(api, at, Map.of("as-of", to)),
        ask(api, at + "/matrix", Map.of("as-of", from)),
        ask(api, at + "/matrix", Map.of("as-of", to)),
        difference,
        ask(api, "/v1/audit/upgrades", Map.of("since", from, "until", to, "pool", pool)),
        health,
        others,
        healths.hasMore() || all.hasMore());
  }

  private static JsonNode ask(Api api, String path, Map<String, String> parameters) {
    Map<String, Optional<String>> given = new LinkedHashMap<>();
    parameters.forEach((name, value) -> given.put(name, Optional.of(value)));
    return api.get(path, given).json();
  }

  private ChangePages changes(Api api, String from, String to, Optional<String> cause) {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("since", Optional.of(from));
    parameters.put("until", Optional.of(to));
    parameters.put("pool", Optional.of(pool));
    parameters.put("cause", cause);
    return new ChangePages(api, parameters);
  }
}
