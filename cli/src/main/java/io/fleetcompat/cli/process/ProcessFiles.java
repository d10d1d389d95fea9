package io.fleetcompat.cli.process;

import io.fleetcompat.collector.CollectorSettings;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.query.QuerySettings;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.RawSettings;
import java.util.List;

/** Files of settings that were written for a process, as other commands read them. */
public final class ProcessFiles {

  private static final List<Catalogue> PROCESSES =
      List.of(CollectorSettings.CATALOGUE, IndexerSettings.CATALOGUE, QuerySettings.CATALOGUE);

  private ProcessFiles() {}

  /**
   * The settings of a file that are meant for a command: those that it knows, and those that no
   * process knows, so that a misspelt one is refused.
   */
  public static RawSettings meantFor(Catalogue command, RawSettings file) {
    return file.only(
        name ->
            command.knows(name) || PROCESSES.stream().noneMatch(process -> process.knows(name)));
  }
}
