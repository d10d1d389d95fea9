package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.FakedClock;
import io.fleetcompat.cli.LocalStack;
import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API on a machine whose clock is set while it runs, two hours back and then ahead: what is
 * stale is called stale all the same, and what lives is not.
 */
class SetClockIT {

  private static final long HOURS_MILLIS = Duration.ofHours(2).minusMinutes(5).toMillis();

  @TempDir private Path directory;

  @Test
  void agesGoByTheTimeThatReallyGoesBy() throws Exception {
    FakedClock clock = FakedClock.require(directory.resolve("clock"));
    LocalStack stack = new LocalStack(directory.resolve("stack"));
    LoneHost.write(directory.resolve("lone"), "1.0.0");
    Map<String, String> environment = environment(stack);
    Map<String, String> faked = new HashMap<>(environment);
    faked.putAll(clock.environment());
    int port = FreePorts.find(1).getFirst();
    faked.put("FLEETCOMPAT_PORT", String.valueOf(port));
    String api = "http://127.0.0.1:" + port;
    try (Indexer indexer = stack.indexer();
        Application honest =
            new Application(Files.createDirectory(directory.resolve("honest")), environment);
        Application set = new Application(Files.createDirectory(directory.resolve("set")), faked)) {
      assertThat(indexer).isNotNull();
      Child server = set.start("serve", List.of("serve"));
      Child a = collector(honest, "a");
      Child b = collector(honest, "b");
      awaitCheck(api, ExitStatus.OK);

      clock.set("-2h");
      Await.until("the API says so", () -> clockAhead(api) < -HOURS_MILLIS);
      assertThat(check(api)).isEqualTo(ExitStatus.OK);
      a.process().destroyForcibly().waitFor();
      b.process().destroyForcibly().waitFor();
      awaitCheck(api, ExitStatus.UNKNOWN);

      clock.set("+2h");
      collector(honest, "a");
      collector(honest, "b");
      awaitCheck(api, ExitStatus.OK);
      Await.until("the API says so", () -> clockAhead(api) > HOURS_MILLIS);
      assertThat(check(api)).isEqualTo(ExitStatus.OK);
      assertThat(Instant.parse(status(api).path("asOf").asText()))
          .isBefore(Instant.now().plusSeconds(1));
      assertThat(status(api).path("stale").asBoolean()).isFalse();
      assertThat(server.said()).contains("clock was set by -7", "clock was set by 14");
    }
  }

  private static Map<String, String> environment(LocalStack stack) {
    return Map.of(
        "FLEETCOMPAT_JAVA_OPTS",
        "-Xmx200m -XX:TieredStopAtLevel=1",
        "FLEETCOMPAT_BOOTSTRAP_SERVERS",
        stack.bootstrapServers(),
        "FLEETCOMPAT_TOPIC_PREFIX",
        stack.prefix(),
        "FLEETCOMPAT_STALE_AFTER",
        "12s",
        "FLEETCOMPAT_INTERVAL_HEARTBEAT",
        "2s");
  }

  private Child collector(Application application, String host) throws IOException {
    return application.start(
        host,
        List.of(
            "collect",
            "--root",
            directory.resolve("lone").toString(),
            "--host",
            host,
            "--state-dir",
            directory.resolve("state-" + host).toString()));
  }

  private static int check(String api) {
    return Run.of("check", "a/" + LoneHost.ONE, "b", "--api", api).status();
  }

  private static void awaitCheck(String api, int expected) {
    Await.until("check: " + expected, Await.DEFAULT_DEADLINE, () -> check(api), s -> s == expected);
  }

  private static long clockAhead(String api) throws IOException {
    return status(api).path("clockAhead").asLong();
  }

  private static JsonNode status(String api) throws IOException {
    return new ObjectMapper().readTree(Run.of("status", "-o", "json", "--api", api).out());
  }
}
