package io.fleetcompat.cli.process;

import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Values;
import io.micrometer.core.instrument.MeterRegistry;
import picocli.CommandLine.Command;

/** The command that runs an indexer. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "index",
    description = "Place hosts and judge profiles from what the collectors send, until stopped.")
public final class Index extends ProcessCommand {

  private Index() {}

  @Override
  Catalogue catalogue() {
    return IndexerSettings.CATALOGUE;
  }

  @Override
  Running start(Values values, MeterRegistry registry) {
    Indexer indexer = Indexer.start(IndexerSettings.config(values), registry);
    return new Running(() -> Readiness.unless(indexer.obstacle()), indexer::hasFailed, indexer);
  }
}
