package io.fleetcompat.cli.docs;

import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child process whose output goes to a file; killed, with its children, when closed. */
record Child(Process process, Path output) implements AutoCloseable {

  private static final Duration END_DEADLINE = Duration.ofMinutes(2);

  /** What a command said, and how it ended. */
  record Said(int status, String text) {}

  static Child start(
      Path output, Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLEETCOMPAT_"));
    builder.environment().put("FLEETCOMPAT_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new Child(builder.start(), output);
  }

  static Said run(
      Path output, Path directory, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    try (Child child = start(output, directory, environment, command)) {
      return new Said(child.end(), child.said());
    }
  }

  String said() throws IOException {
    return Files.readString(output);
  }

  /** Waits for these words; fails at once where the process ends without them. */
  String await(String words) {
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

  int end() throws IOException, InterruptedException {
    if (!process.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("expected an end within " + END_DEADLINE + ":\n" + said());
    }
    return process.exitValue();
  }

  /** As systemd and Docker do; gives the exit status. */
  int terminate() throws IOException, InterruptedException {
    process.destroy();
    return end();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
