package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.LocalStack;
import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Claims about devices, from a label and a file of facts to the answers, over a real broker. */
class DeclaredIT {

  private static final String WITH = "0000:3b:00.4";
  private static final String WITHOUT = "0000:3b:00.5";
  private static final Duration SOON = Duration.ofMinutes(2);

  private final LocalStack stack;
  private String api = "";

  DeclaredIT(@TempDir Path directory) {
    this.stack = new LocalStack(directory);
  }

  @Test
  void contradictionsBothWaysAreFoundShownAndCountedUntilTheyEnd() throws Exception {
    host();
    facts("nova.live_migratable." + WITH + "=no\n");
    try (Indexer indexer = stack.indexer();
        FleetCollectors collectors = stack.collectors(Map.of("interval.rescan", "1s"));
        QueryServer server = stack.api(Map.of())) {
      assertThat(collectors.size()).isEqualTo(1);
      assertThat(indexer).isNotNull();
      api = "http://127.0.0.1:" + server.port();
      awaitContradicted(2);
      JsonNode declared = json("/v1/hosts/h").path("declared");
      assertThat(declared).hasSize(2);
      assertThat(declared.path(0).path("endpoint").asText()).isEqualTo(WITH);
      assertThat(declared.path(0).path("declared").asText()).isEqualTo("no");
      assertThat(declared.path(0).path("observed").asText()).isEqualTo("yes");
      assertThat(declared.path(1).path("declared").asText()).as("by the label").isEqualTo("yes");
      assertThat(declared.path(1).path("observed").asText()).isEqualTo("no");
      assertThat(Run.of("hosts", "h", "--api", api).out())
          .contains(WITH + " is declared live_migratable=no, and its driver shows the contrary");
      assertThat(Run.of("status", "--api", api).out()).contains("declaredContradicted");
      assertThat(text("/metrics")).contains("fleetcompat_query_declared_contradicted 2.0");
      String profiles =
          json("/v1/hosts/h").path("endpoints").findValuesAsText("profile").toString();

      facts("nova.live_migratable.%s=yes\nnova.live_migratable=no\n".formatted(WITH));
      awaitContradicted(0);
      assertThat(json("/v1/hosts/h").path("declared").findValuesAsText("finding"))
          .containsExactly("confirmed", "confirmed");
      assertThat(json("/v1/hosts/h").path("endpoints").findValuesAsText("profile").toString())
          .as("a claim is part of no profile")
          .isEqualTo(profiles);

      facts("nova.live_migratable.%s=maybe\n".formatted(WITH));
      Await.until(
          "the bad value is a problem",
          SOON,
          () -> json("/v1/hosts/h").path("problems").toString(),
          problems ->
              problems.contains("facts.d/nova.facts")
                  && problems.contains(
                      "line 1: nova.live_migratable: expected one of yes, no, found 'maybe'"));
      assertThat(json("/v1/hosts/h").path("declared").findValuesAsText("endpoint"))
          .as("and no claim")
          .containsExactly(WITHOUT);
    }
  }

  private void awaitContradicted(int number) {
    Await.until(
        number + " contradictions",
        SOON,
        () -> {
          JsonNode status = json("/v1/status");
          return status.path("hosts").asInt() == 1 && json("/v1/hosts/h").has("declared")
              ? status.path("declaredContradicted").asInt()
              : -1;
        },
        seen -> seen == number);
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(text(path));
  }

  private String text(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(api + path)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  private void facts(String text) throws IOException {
    Path facts = Files.createDirectories(stack.fleet().resolve("h/facts.d"));
    Files.writeString(facts.resolve("nova.facts"), text);
  }

  private void host() throws IOException {
    Path folder = Files.createDirectories(stack.fleet().resolve("h"));
    Files.writeString(folder.resolve("host.json"), "{\"labels\": {\"live_migratable\": \"yes\"}}");
    Map<String, @Nullable String> files = new TreeMap<>();
    Map<String, String> links = new TreeMap<>();
    for (String name : new String[] {"0000:3b:00.0", WITH, WITHOUT}) {
      String node = "devices/pci0000:3a/" + name;
      files.put(node + "/vendor", "0x15b3\n");
      files.put(node + "/device", "0x101e\n");
      links.put("bus/pci/devices/" + name, "../../../" + node);
      if (!name.endsWith(".0")) {
        links.put(node + "/physfn", "../0000:3b:00.0");
        links.put(node + "/driver", "../../../bus/pci/drivers/mlx5_vfio_pci");
      }
    }
    files.put("bus/pci/drivers/mlx5_vfio_pci/new_id", "");
    files.put("kernel/debug/vfio/" + WITH + "/migration/state", "RUNNING\n");
    files.put("kernel/debug/vfio/" + WITHOUT, null);
    SysfsTrees.write(folder.resolve("sys"), files, links);
  }
}
