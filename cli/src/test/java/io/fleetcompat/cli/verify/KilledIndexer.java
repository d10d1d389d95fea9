package io.fleetcompat.cli.verify;

import io.fleetcompat.indexer.IndexerMain;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** An indexer in a JVM of its own, which is killed and started again. */
final class KilledIndexer implements AutoCloseable {

  private final Path directory;
  private Process process;

  KilledIndexer(Path directory, String bootstrapServers, int partitions) throws IOException {
    this.directory = directory;
    Properties settings = new Properties();
    settings.putAll(
        Map.of(
            "bootstrap-servers", bootstrapServers,
            "state-dir", directory.resolve("state").toString(),
            "partitions", String.valueOf(partitions),
            "standby-replicas", "0",
            "instance-id", "only",
            "kafka.session.timeout.ms", "6000",
            "kafka.producer.transaction.timeout.ms", "10000"));
    try (Writer writer = Files.newBufferedWriter(file())) {
      settings.store(writer, null);
    }
    this.process = launch();
  }

  /** SIGKILL, and a new one on the same directory. */
  void killAndStart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = launch();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private Path file() {
    return directory.resolve("indexer.properties");
  }

  private Process launch() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            IndexerMain.class.getName(),
            file().toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("indexer.log").toFile()))
        .start();
  }
}
