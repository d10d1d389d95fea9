package io.fleetcompat.cli.docs;

import io.fleetcompat.testing.Child;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An installation of the application; what is started from it ends with it. */
final class Application implements AutoCloseable {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

  private final Path directory;
  private final Map<String, String> environment;
  private final Path launcher;
  private final List<Child> children = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Installs into a directory that is there.
   *
   * @param environment of every process that is started
   */
  Application(Path directory, Map<String, String> environment) throws IOException {
    this.directory = directory;
    this.environment = environment;
    this.launcher = Repository.install(directory);
  }

  /** A process that runs until it is told to end. */
  Child start(String name, List<String> arguments) throws IOException {
    Child child =
        Child.start(directory.resolve(name + ".log"), directory, environment, command(arguments));
    children.add(child);
    return child;
  }

  /** A command, to its end. */
  Child.Said run(List<String> arguments) throws IOException, InterruptedException {
    return Child.run(directory.resolve("said"), directory, environment, command(arguments));
  }

  Child.Said run(String... arguments) throws IOException, InterruptedException {
    return run(List.of(arguments));
  }

  /** The answer to a request to this port of loopback. */
  HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(ANSWER_WITHIN)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  boolean isReady(int port) throws IOException, InterruptedException {
    return get(port, "/health/ready").statusCode() == 200;
  }

  @Override
  public void close() {
    children.forEach(Child::close);
    http.close();
  }

  private List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(arguments);
    return command;
  }
}
