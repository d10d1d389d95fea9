package io.fleetcompat.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.DebianProgram;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Alertmanager as a process, asked with its own amtool. One thread. */
final class Alertmanager implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final String program;
  private final String amtool;
  private final int port = FreePorts.find(1).getFirst();
  private int starts;
  private Child process;

  /**
   * Starts one.
   *
   * @param webhook told of all notifications
   */
  Alertmanager(Path directory, URI webhook) throws IOException {
    this.program = DebianProgram.require("prometheus-alertmanager", "prometheus-alertmanager");
    this.amtool = DebianProgram.require("amtool", "prometheus-alertmanager");
    this.directory = Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("alertmanager.yml"),
        """
        route:
          receiver: webhook
          group_by: [alertname, pool]
          group_wait: 0s
          group_interval: 1s
          repeat_interval: 1h
        receivers:
          - name: webhook
            webhook_configs:
              - url: %s
                send_resolved: true
        """
            .formatted(webhook));
    this.process = launch();
  }

  private Child launch() throws IOException {
    starts++;
    return Child.start(
        directory.resolve("alertmanager-" + starts + ".log"),
        directory,
        Map.of(),
        List.of(
            program,
            "--config.file=alertmanager.yml",
            "--storage.path=data",
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address="));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.process().destroyForcibly().waitFor();
  }

  void startAgain() throws IOException {
    process = launch();
  }

  /** The labels, annotations and times of all alerts that are active. */
  List<JsonNode> active() throws IOException, InterruptedException {
    Child.Said said =
        Child.run(
            directory.resolve("amtool-" + System.nanoTime() + ".out"),
            directory,
            Map.of(),
            List.of(amtool, "--alertmanager.url=" + url(), "alert", "query", "-o", "json"));
    if (said.status() != 0) {
      throw new IOException("amtool: " + said.text());
    }
    List<JsonNode> alerts = new ArrayList<>();
    JSON.readTree(said.text()).forEach(alerts::add);
    return alerts;
  }

  /** ALERT/POOL of all that are active, sorted. */
  List<String> names() throws IOException, InterruptedException {
    return active().stream()
        .map(
            alert ->
                alert.at("/labels/alertname").asText() + "/" + alert.at("/labels/pool").asText())
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    process.close();
  }
}
