package io.fleetcompat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.io.TempDir;

class KeptLogsTest {

  @TempDir Path directory;

  @Test
  void whatEachProcessSaidIsKeptWithoutABrokersSegments() throws Exception {
    Path broker = Files.createDirectories(directory.resolve("from/broker-1"));
    Path segments = Files.createDirectories(broker.resolve(ProcessLogs.SEGMENTS));
    Files.writeString(broker.resolve("broker.log"), "said by the broker");
    Files.writeString(segments.resolve("00000000000000000000.log"), "records");
    Path indexer = Files.createDirectories(directory.resolve("from/IndexerMain-2"));
    Files.writeString(indexer.resolve("IndexerMain.log"), "said by the indexer");
    Path kept = ProcessLogs.copy(directory.resolve("from"), directory.resolve("to"));
    assertThat(kept)
        .isDirectoryContaining("glob:**/broker-1-broker.log")
        .isDirectoryContaining("glob:**/IndexerMain-2-IndexerMain.log")
        .isDirectoryNotContaining("glob:**/0*.log");
    assertThat(kept.resolve("broker-1-broker.log")).hasContent("said by the broker");
  }

  @Test
  void aTestWithoutProcessesKeepsNothing() throws Exception {
    Path kept = ProcessLogs.copy(directory.resolve("nowhere"), directory.resolve("to"));
    assertThat(kept).isEmptyDirectory();
  }

  @Test
  void junitFindsTheExtension() {
    assertThat(ServiceLoader.load(Extension.class)).hasAtLeastOneElementOfType(KeptLogs.class);
  }
}
