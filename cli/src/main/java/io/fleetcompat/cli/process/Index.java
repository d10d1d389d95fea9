package io.fleetcompat.cli.process;

import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.indexer.IndexerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Indexes: Kafka Streams from inventories to placements and the matrix. */
@Command(
    name = "index",
    description = "Index the fleet: from inventories to placements and the matrix, until stopped.")
public final class Index extends LongRunning {

  @Option(names = "--state-dir", paramLabel = "DIR", description = "Where RocksDB keeps the state.")
  private Optional<Path> stateDirectory;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of the host-keyed topics (default: 32).")
  private Optional<Integer> partitions;

  @Option(
      names = "--policy",
      paramLabel = "cross-type|mutual",
      description = "A choice that the rules leave open; may be repeated.")
  private List<String> policies = List.of();

  private Index() {}

  @Override
  Running start(SortedMap<String, String> settings, MeterRegistry registry) {
    put(settings, "bootstrap-servers", options.bootstrapServers);
    put(settings, "state-dir", stateDirectory);
    put(settings, "partitions", partitions);
    if (!policies.isEmpty()) {
      settings.put("policies", String.join(",", policies));
    }
    Indexer indexer = Indexer.start(IndexerConfig.parse(settings), registry);
    return new Running(indexer::isReady, indexer::hasFailed, indexer);
  }
}
