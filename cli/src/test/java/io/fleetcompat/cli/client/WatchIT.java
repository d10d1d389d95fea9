package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.LocalStack;
import io.fleetcompat.cli.Main;
import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fleetcompat watch} and {@code --watch}, from a file of a host to the printed line. */
class WatchIT {

  private final LocalStack stack;

  WatchIT(@TempDir Path directory) {
    this.stack = new LocalStack(directory);
  }

  /** A command that runs until it is closed. */
  private static final class Running implements AutoCloseable {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Thread thread;

    Running(String... arguments) {
      thread =
          Thread.ofPlatform()
              .start(
                  () ->
                      Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments));
    }

    void await(String line) {
      Await.until(
          "it prints " + line,
          Await.DEFAULT_DEADLINE,
          () -> out + "\n" + err,
          said -> said.contains(line));
    }

    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aHostThatGoesToAnotherPoolIsToldAndAnswersArePrintedAgain() throws Exception {
    host();
    pool("gold");
    try (Indexer indexer = stack.indexer();
        FleetCollectors collectors = stack.collectors(Map.of("interval.rescan", "1s"));
        QueryServer server = stack.api(Map.of())) {
      assertThat(collectors.size()).isEqualTo(1);
      assertThat(indexer).isNotNull();
      String api = "--api=http://127.0.0.1:" + server.port();
      Await.until("the host is there", () -> Run.of("hosts", "h", api).status() == 0);
      try (Running hosts = new Running("hosts", "--watch", api);
          Running json = new Running("watch", "-o=json", api);
          Running changes = new Running("watch", "--kind=host", "--host=h", api)) {
        hosts.await("gold");
        json.await("\"event\":\"bookmark\"");
        // Nobody sees when a watch in words begins: so there is something to tell until it does.
        for (int n = 0; !changes.out.toString().contains("pool-changed"); n++) {
          pool("silver-" + n);
          String moved = "silver-" + n;
          json.await(moved);
        }
        changes.await("  host/h  pool-changed");
        hosts.await("--- 2");
        hosts.await("silver-");
      }
    }
  }

  private void pool(String name) throws IOException {
    Path fresh = stack.fleet().resolveSibling("fresh");
    Files.writeString(fresh, "{\"labels\": {\"pool\": \"%s\"}}".formatted(name));
    Files.move(fresh, stack.fleet().resolve("h/host.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void host() throws IOException {
    String function = "devices/pci0000:00/0000:00:02.0";
    String type = function + "/mdev_supported_types/i915-one";
    SysfsTrees.write(
        Files.createDirectories(stack.fleet().resolve("h")).resolve("sys"),
        new TreeMap<>(
            Map.of(
                function + "/vendor", "0x8086\n",
                function + "/device", "0x591d\n",
                type + "/device_api", "vfio-pci\n",
                type + "/available_instances", "3\n",
                type + "/software_version", "1.2.3\n")),
        Map.of(
            "bus/pci/devices/0000:00:02.0", "../../../" + function,
            "class/mdev_bus/0000:00:02.0", "../../" + function));
  }
}
