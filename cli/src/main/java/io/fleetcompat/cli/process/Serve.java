package io.fleetcompat.cli.process;

import io.fleetcompat.cli.metrics.ProcessMetrics;
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
        QueryServer.start(
            QuerySettings.config(values),
            () -> true,
            registry instanceof PrometheusMeterRegistry served
                ? served
                : ProcessMetrics.registry());
    return new Running(() -> Readiness.of(server.isReady()), server::hasFailed, server);
  }
}
