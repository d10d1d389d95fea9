package io.fleetcompat.cli.process;

import io.fleetcompat.query.QueryServer;
import io.fleetcompat.query.QuerySettings;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Values;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import picocli.CommandLine.Command;

/** The command that serves the query API. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "serve",
    description = "Serve the query API from a replica of the index, until stopped.",
    footer = "%nIt serves /health/live, /health/ready, /metrics and /openapi.json itself.")
public final class Serve extends ProcessCommand {

  private Serve() {}

  @Override
  Catalogue catalogue() {
    return QuerySettings.CATALOGUE;
  }

  @Override
  Running start(Values values, MeterRegistry registry) {
    QuietJavaLogging.warningsOnly();
    QueryServer server =
        registry instanceof PrometheusMeterRegistry metrics
            ? QueryServer.start(QuerySettings.config(values), () -> true, metrics)
            : QueryServer.start(QuerySettings.config(values));
    return new Running(() -> Readiness.of(server.isReady()), server::hasFailed, server);
  }
}
