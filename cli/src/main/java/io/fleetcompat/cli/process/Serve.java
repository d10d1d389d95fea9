package io.fleetcompat.cli.process;

import io.fleetcompat.query.QueryConfig;
import io.fleetcompat.query.QueryServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the query API. */
@Command(
    name = "serve",
    description = "Serve the query API from a replica of the index, until stopped.",
    footer = "%nIt serves /health/live, /health/ready, /metrics and /openapi.json itself.")
public final class Serve extends LongRunning {

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "Where the API listens (default: " + QueryConfig.DEFAULT_PORT + ").")
  private Optional<Integer> port;

  @Option(
      names = "--http-host",
      paramLabel = "ADDRESS",
      description = "On which address (default: 127.0.0.1, this machine only).")
  private Optional<String> host;

  private Serve() {}

  @Override
  Running start(SortedMap<String, String> settings, MeterRegistry registry) {
    put(settings, "bootstrap-servers", options.bootstrapServers);
    put(settings, "port", port);
    put(settings, "bind-address", host);
    QuietJavaLogging.warningsOnly();
    QueryServer server = QueryServer.start(QueryConfig.parse(settings));
    return new Running(server::isReady, server::hasFailed, server);
  }
}
