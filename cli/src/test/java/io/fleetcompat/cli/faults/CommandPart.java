package io.fleetcompat.cli.faults;

import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process of ours on the stage: {@code collect}, {@code index} or {@code serve}. */
final class CommandPart implements Part {

  private final String name;
  private final Path directory;
  private final List<String> arguments;
  private final List<String> prefix;
  private final List<Path> outputs = new ArrayList<>();
  private List<String> version;
  private Optional<Child> child = Optional.empty();

  /**
   * @param directory of its logs
   * @param version the command line up to the arguments: which classes it has
   * @param prefix put before all: what starts it in its own network, or with its own clock
   */
  CommandPart(
      String name,
      Path directory,
      List<String> version,
      List<String> arguments,
      List<String> prefix) {
    this.name = name;
    this.directory = directory;
    this.version = version;
    this.arguments = arguments;
    this.prefix = prefix;
  }

  /** The command line of the version of this tree, with these options of Java, too. */
  static List<String> thisVersion(String... more) {
    List<String> options = new ArrayList<>(JAVA_OPTIONS);
    options.addAll(List.of(more));
    return Child.java(options, "io.fleetcompat.cli.Main", List.of());
  }

  /** The same size at any time, so that what grows is not the heap. */
  static final List<String> JAVA_OPTIONS =
      List.of(
          "-Xms128m",
          "-Xmx128m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ErrorFileToStdout", // logs are kept where a scenario fails
          "-XX:+ExitOnOutOfMemoryError");

  /** The status of a process that SIGTERM has ended. */
  private static final int SIGTERM = 143;

  /**
   * Stops it, and starts it as the version of this tree. However the version before ends, this one
   * takes over: that one can crash at its end, where somebody asks for its metrics meanwhile.
   */
  void upgrade() throws IOException, InterruptedException {
    child.orElseThrow().terminate();
    version = thisVersion();
    start();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long pid() {
    return child.orElseThrow().process().pid();
  }

  @Override
  public void start() throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(version);
    command.addAll(arguments);
    Path output = directory.resolve("%s-%d.log".formatted(name, outputs.size() + 1));
    outputs.add(output);
    child = Optional.of(Child.start(output, directory, Map.of(), command));
  }

  @Override
  public void kill() throws InterruptedException {
    child.orElseThrow().process().destroyForcibly().waitFor();
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    int status = child.orElseThrow().terminate();
    String said = child.orElseThrow().said();
    boolean beforeItBegan = status == SIGTERM && said.isEmpty(); // the JVM does not listen yet
    if (status != 0 && !beforeItBegan) {
      throw new AssertionError(
          "expected %s to end with 0, found %d:%n%s".formatted(name, status, said));
    }
  }

  /** Waits until it has said these words since its last start. */
  void awaitLog(Duration within, String words) {
    Await.until(
        name + " says '" + words + "'",
        within,
        () -> child.orElseThrow().said(),
        said -> said.contains(words));
  }

  /** Waits until it has ended by itself, with whatever status. */
  void awaitEnd(Duration within) {
    Await.until(
        name + " ends", within, () -> child.orElseThrow().process().isAlive(), isAlive -> !isAlive);
  }

  @Override
  public long logBytes() throws IOException {
    long bytes = 0;
    for (Path output : outputs) {
      bytes += Files.size(output);
    }
    return bytes;
  }

  @Override
  public String log() throws IOException {
    StringBuilder log = new StringBuilder();
    for (Path output : outputs) {
      log.append(Files.readString(output, StandardCharsets.ISO_8859_1));
    }
    return log.toString();
  }

  @Override
  public void close() {
    child.ifPresent(Child::close);
  }
}
