package io.fleetcompat.cli.up;

import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code fleetcompat up} as a process of its own, so that it can be signalled and killed. */
record UpProcess(Process process, Path output) implements AutoCloseable {

  private static final Duration START_DEADLINE = Duration.ofMinutes(3);
  private static final String GREETING = "Ctrl-C stops everything";

  static UpProcess start(Path output, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // A shell starts its background jobs with SIGINT ignored, and children inherit it.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.fleetcompat.cli.Main",
                "up"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new UpProcess(process, output);
  }

  String awaitGreeting() {
    return Await.until(
        "up to greet",
        START_DEADLINE,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(
                "up ended with " + process.exitValue() + ":\n" + said());
          }
          return said();
        },
        text -> text.contains(GREETING));
  }

  String said() throws IOException {
    return Files.readString(output);
  }

  /** As Ctrl-C does; gives the exit status. */
  int interrupt(Duration deadline) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("up did not stop within " + deadline + ":\n" + said());
    }
    return process.exitValue();
  }

  Optional<ProcessHandle> broker() {
    return process.descendants().findFirst();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
