package io.fleetcompat.indexer;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** An indexer in a JVM of its own, which can be killed and started again. */
final class IndexerProcess implements AutoCloseable {

  private final Path settings;
  private final Path log;
  private Process process;

  IndexerProcess(Path directory, Map<String, String> settings) throws IOException {
    this.settings = directory.resolve("indexer.properties");
    this.log = directory.resolve("indexer.log");
    Properties properties = new Properties();
    properties.putAll(settings);
    try (Writer writer = Files.newBufferedWriter(this.settings)) {
      properties.store(writer, null);
    }
    this.process = launch();
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
            settings.toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** SIGKILL, and a new one on the same directory. */
  void killAndStart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = launch();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
