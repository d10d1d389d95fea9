package io.fleetcompat.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child process whose output goes to a file; killed, with its children, when closed. */
public record Child(Process process, Path output) implements AutoCloseable {

  private static final Duration END_DEADLINE = Duration.ofMinutes(2);

  /** The output and the exit status of a command. */
  public record Said(int status, String text) {}

  /**
   * A build that was started in the background ignores SIGINT, and so do its children, Java
   * processes among them.
   */
  private static final List<String> HEEDS_INTERRUPTS = List.of("env", "--default-signal=INT");

  public static Child start(
      Path output, Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    List<String> started = new ArrayList<>(HEEDS_INTERRUPTS);
    started.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(started)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLEETCOMPAT_"));
    builder.environment().put("FLEETCOMPAT_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    ProcessLogs.show(output);
    return new Child(builder.start(), output);
  }

  public static Said run(
      Path output, Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    try (Child child = start(output, directory, environment, command)) {
      return new Said(child.end(), child.said());
    }
  }

  public String said() throws IOException {
    return Files.readString(output);
  }

  /** The command line of a Java process with this process's class path and the flags of ours. */
  public static List<String> java(List<String> options, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    return command;
  }

  /** Waits for these words; fails at once where the process ends without them. */
  public String await(String words) {
    Await.until(
        words,
        Duration.ofMinutes(4),
        () -> said().contains(words) || !process.isAlive(),
        held -> held);
    try {
      if (!said().contains(words)) {
        throw new AssertionError("expected '" + words + "', found an end:\n" + said());
      }
      return said();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public int end() throws IOException, InterruptedException {
    return end(END_DEADLINE);
  }

  /** The exit status; fails where it does not end in that time. */
  public int end(Duration within) throws IOException, InterruptedException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("expected an end within " + within + ":\n" + said());
    }
    return process.exitValue();
  }

  /** SIGINT, as Ctrl-C sends it; gives the exit status. */
  public int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    return end();
  }

  /** SIGTERM, as systemd and Docker send it; gives the exit status. */
  public int terminate() throws IOException, InterruptedException {
    process.destroy();
    return end();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
