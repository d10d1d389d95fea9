package io.fleetcompat.cli.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.DebianProgram;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Debian's Prometheus as a process, with the rules of this repository. One thread. */
final class Prometheus implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RULES = Repository.TOP.resolve("monitoring/prometheus");

  private final int port = FreePorts.find(1).getFirst();
  private final Child process;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * Starts one.
   *
   * @param jobs port of loopback to be scraped → job
   */
  Prometheus(Path directory, Map<Integer, String> jobs) throws IOException {
    String program = DebianProgram.require("prometheus", "prometheus");
    Files.createDirectories(directory);
    String scraped =
        jobs.entrySet().stream()
            .map(
                job ->
                    "  - job_name: %s-%d%n    static_configs: [{targets: ['127.0.0.1:%d']}]%n"
                        .formatted(job.getValue(), job.getKey(), job.getKey()))
            .collect(Collectors.joining());
    Files.writeString(
        directory.resolve("prometheus.yml"),
        "global: {scrape_interval: 1s, evaluation_interval: 1s}\nscrape_configs:\n"
            + scraped
            + "rule_files: ['%s/*.rules.yml']%n".formatted(RULES));
    process =
        Child.start(
            directory.resolve("prometheus.log"),
            directory,
            Map.of(),
            List.of(
                program,
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + port));
  }

  /** The samples that an expression gives now. */
  JsonNode query(String expression) throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    JsonNode answer = get("/api/v1/query?query=" + encoded);
    if (!answer.path("status").asText().equals("success")) {
      throw new IOException(expression + ": " + answer);
    }
    return answer.at("/data/result");
  }

  /** The rules that it has loaded, by group. */
  JsonNode rules() throws IOException, InterruptedException {
    return get("/api/v1/rules").at("/data/groups");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return JSON.readTree(
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  /** The words of promtool about arguments. */
  static Child.Said promtool(Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    String program = DebianProgram.require("promtool", "prometheus");
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    Files.createDirectories(directory);
    Path said = Files.createTempFile(directory, "promtool", ".out");
    return Child.run(said, RULES, Map.of(), command);
  }

  /** The words of promtool about metrics in the text format. */
  static Child.Said checkMetrics(Path directory, String metrics)
      throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("metrics.txt"), metrics);
    String program = DebianProgram.require("promtool", "prometheus");
    return Child.run(
        directory.resolve("promtool-metrics.out"),
        directory,
        Map.of(),
        List.of("sh", "-c", program + " check metrics < " + file.getFileName()));
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }
}
