package io.fleetcompat.cli.up;

import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.ProcessLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code fleetcompat up} as a process of its own, so that it can be signalled and killed. */
public record UpProcess(Child child) implements AutoCloseable {

  private static final String GREETING = "Ctrl-C stops everything";

  public static UpProcess start(Path output, List<String> options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("up"));
    arguments.addAll(options);
    int data = options.indexOf("--data-dir");
    if (data >= 0) {
      ProcessLogs.show(Path.of(options.get(data + 1), "up.log"));
    }
    // A shell starts its background jobs with SIGINT ignored, and children inherit it.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(Child.java(List.of("-Xmx512m"), "io.fleetcompat.cli.Main", arguments));
    return new UpProcess(Child.start(output, Path.of("."), Map.of(), command));
  }

  public Process process() {
    return child.process();
  }

  public String awaitGreeting() {
    return child.await(GREETING);
  }

  public String said() throws IOException {
    return child.said();
  }

  /** As Ctrl-C does; gives the exit status. */
  public int interrupt() throws IOException, InterruptedException {
    return child.interrupt();
  }

  public Optional<ProcessHandle> broker() {
    return child.process().descendants().findFirst();
  }

  @Override
  public void close() {
    child.close();
  }
}
