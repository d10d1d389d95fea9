package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.LocalStack;
import io.fleetcompat.cli.Run;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that gets another name, with the collector of a real installation on it. */
class RenamedHostIT {

  private static final Path MACHINE_ID = Path.of("/etc/machine-id");

  @TempDir private Path directory;

  @Test
  void aRenamedHostIsTheSameMachineThoughItsCollectorIsKilledAtAnyTime() throws Exception {
    assumeThat(Files.exists(MACHINE_ID) && Files.readString(MACHINE_ID).matches("[0-9a-f]{32}\n?"))
        .as("without a machine-id nobody claims to have been another host")
        .isTrue();
    LocalStack stack = new LocalStack(directory.resolve("stack"));
    LoneHost.write(directory.resolve("lone"), "1.0.0");
    try (Indexer indexer = stack.indexer();
        QueryServer server =
            stack.api(Map.of("history-directory", directory.resolve("history").toString()));
        Application application = new Application(directory, environment(stack))) {
      assertThat(indexer).isNotNull();
      String api = "http://127.0.0.1:" + server.port();
      try (Child before = collector(application, "before")) {
        awaitHost("before", api);
        Await.until("its name is kept", this::isNameKept);
        assertThat(host("before", api).has("formerHost")).isFalse();
        before.process().destroyForcibly().waitFor();
      }
      for (int start = 0; start < 2; start++) {
        long epoch = host("after", api).path("epoch").asLong(-1);
        try (Child after = collector(application, "after")) {
          Await.until(
              "a document of start " + start,
              () -> host("after", api).path("epoch").asLong(-1) > epoch);
          assertThat(host("after", api).path("formerHost").asText()).isEqualTo("before");
          after.process().destroyForcibly().waitFor();
        }
      }
      Await.until(
          "the renaming is in the history",
          () -> !changes("before", api).path("changes").isEmpty());
      for (String name : List.of("before", "after")) {
        JsonNode renamings = changes(name, api).path("changes");
        assertThat(renamings).as("told once under the name %s", name).hasSize(1);
        assertThat(renamings.path(0).path("name").asText()).isEqualTo("after");
        assertThat(renamings.path(0).path("causes").toString())
            .isEqualTo("[\"host-appeared\",\"host-renamed\"]");
      }
      assertThat(Run.of("hosts", "after", "--api", api).out()).contains("formerly before");
      // While a host of the former name is heard itself, two machines may have changed names.
      Await.until(
          "the former name is silent",
          () -> Run.of("hosts", "before", "--api", api).out().contains("renamed, now after"));
      assertThat(Run.of("audit", "host", "before", "--api", api).out())
          .contains(
              "host after: host-appeared, host-renamed: host before -> after",
              "fleetcompat audit host after");
    }
  }

  private static Map<String, String> environment(LocalStack stack) {
    return Map.of(
        "FLEETCOMPAT_JAVA_OPTS",
        "-Xmx200m -XX:TieredStopAtLevel=1",
        "FLEETCOMPAT_BOOTSTRAP_SERVERS",
        stack.bootstrapServers(),
        "FLEETCOMPAT_TOPIC_PREFIX",
        stack.prefix());
  }

  private static Child collector(Application application, String host) throws IOException {
    return application.start(
        host, List.of("collect", "--root", "lone", "--host", host, "--state-dir", "names"));
  }

  /** True once a document of the host has reached Kafka, and its collector has noted that. */
  private boolean isNameKept() throws IOException {
    Path names = directory.resolve("names");
    if (!Files.isDirectory(names)) {
      return false;
    }
    try (Stream<Path> files = Files.list(names)) {
      return files.anyMatch(
          file ->
              file.getFileName().toString().startsWith("name-")
                  && !file.getFileName().toString().contains("."));
    }
  }

  private static void awaitHost(String host, String api) {
    Await.until(host, () -> Run.of("hosts", host, "--api", api).status() == 0);
  }

  private static JsonNode host(String host, String api) throws IOException {
    return json("hosts", host, "-o", "json", "--api", api);
  }

  private static JsonNode changes(String host, String api) throws IOException {
    return json(
        "audit", "changes", "--host", host, "--cause", "host-renamed", "-o", "json", "--api", api);
  }

  /** The document that a command prints; empty where it prints none. */
  private static JsonNode json(String... command) throws IOException {
    return new ObjectMapper().readTree(Run.of(command).out());
  }
}
