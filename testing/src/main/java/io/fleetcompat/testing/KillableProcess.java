package io.fleetcompat.testing;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A program of ours in a JVM of its own, which can be killed and started again. One thread. */
public final class KillableProcess implements AutoCloseable {

  private final String main;
  private final Path settings;
  private final Path log;
  private Process process;

  /**
   * Starts it.
   *
   * @param main takes the path of a properties file
   * @param directory where that file goes; the log is one of {@link ProcessLogs}
   */
  public KillableProcess(Class<?> main, Path directory, Map<String, String> settings)
      throws IOException {
    this.main = main.getName();
    this.settings = directory.resolve(main.getSimpleName() + ".properties");
    this.log = ProcessLogs.directory(main.getSimpleName()).resolve(main.getSimpleName() + ".log");
    Properties properties = new Properties();
    properties.putAll(settings);
    try (Writer writer = Files.newBufferedWriter(this.settings)) {
      properties.store(writer, null);
    }
    this.process = launch();
  }

  private Process launch() throws IOException {
    List<String> command =
        Child.java(List.of("-XX:+UseSerialGC", "-Xmx256m"), main, List.of(settings.toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** SIGKILL, and a new one with the same settings. */
  public void killAndStart() throws IOException, InterruptedException {
    kill();
    start();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** A new one with the same settings, after it was killed. */
  public void start() throws IOException {
    process = launch();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its output so far. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
