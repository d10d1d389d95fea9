package io.fleetcompat.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Main;
import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.client.Api;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan that is executed on the fleet of a real {@code up --simulate}. After each of its steps,
 * while it waits for the line that tells of it to be written, the test asks the API itself.
 */
class PlanExecutionIT {

  private static final String POOL = "pool-g";
  private static final Pattern MOVES = Pattern.compile(" {2}wave (\\d+): (\\d+) moves; .*");
  private static final Pattern CHANGED = Pattern.compile(" {2}wave (\\d+): changed (.*?); .*");

  @TempDir Path directory;

  private final List<Integer> ports = FreePorts.find(3);
  private final String address = "http://127.0.0.1:" + ports.get(0);
  private final Api api = Api.at(address, Duration.ofSeconds(30));

  @Test
  void thePoolStaysHealthyThroughAllWaves() throws Exception {
    try (UpProcess up = start("quiet", "--simulate", "240")) {
      up.awaitGreeting();
      List<Set<String>> waves = waves();
      assertThat(waves).hasSizeGreaterThanOrEqualTo(3);
      Set<String> devices = devices().keySet();
      assertThat(devices).hasSizeGreaterThan(20);
      long stranded = stranded();
      List<String> seen = new ArrayList<>();
      Run run =
          execute(
              line -> {
                Matcher moves = MOVES.matcher(line);
                Matcher changed = CHANGED.matcher(line);
                if (moves.matches()) {
                  Set<String> out = waves.get(Integer.parseInt(moves.group(1)) - 1);
                  Map<String, String> at = devices();
                  assertThat(at.keySet()).as(line).isEqualTo(devices);
                  assertThat(at.values()).as(line).noneMatch(out::contains);
                  assertEachHasRoom(at, out, line);
                  seen.add("moves " + moves.group(1));
                } else if (changed.matches()) {
                  Set<String> hosts = waves.get(Integer.parseInt(changed.group(1)) - 1);
                  assertThat(changed.group(2)).isEqualTo(String.join(", ", hosts));
                  assertEachHasRoom(devices(), Set.of(), line);
                  hosts.forEach(host -> assertThat(profile(host)).as(line).contains("1.2.7"));
                  Await.until("no more devices stranded: " + line, () -> stranded() <= stranded);
                  seen.add("change " + changed.group(1));
                }
              },
              "--driver",
              "nvidia=1.2.7");
      assertThat(run.status()).as(run.err() + run.out()).isZero();
      assertThat(seen).hasSize(2 * waves.size());
      assertThat(run.out())
          .contains("the index was as planned after each step")
          .contains("Nothing was moved or changed yet.");
      assertThat(plan("--driver", "nvidia=1.2.7").at("/pools/0/toChange").intValue()).isZero();
      assertThat(devices().keySet()).isEqualTo(devices);
      whatSomebodyElseDoesMeanwhileStopsIt();
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
    aFleetThatChangesIsNotPlayedOn();
  }

  /**
   * A device that is taken away while the plan is executed: the next step is not the planned one.
   */
  private void whatSomebodyElseDoesMeanwhileStopsIt() {
    List<String> lines = new ArrayList<>();
    Run run =
        execute(
            line -> {
              lines.add(line);
              if (CHANGED.matcher(line).matches()) {
                hosts().forEach(this::spoil);
                Await.until(
                    "their room is another", () -> hosts().stream().allMatch(this::isSpoiled));
              }
            },
            "--driver",
            "nvidia=1.2.8",
            "--settle",
            "20s");
    assertThat(run.status()).as(run.err() + run.out()).isEqualTo(7);
    assertThat(run.err()).contains("expected", "found", "stopped here");
    assertThat(lines).filteredOn(line -> CHANGED.matcher(line).matches()).hasSize(1);
  }

  private void aFleetThatChangesIsNotPlayedOn() throws Exception {
    try (UpProcess up = start("churning", "--simulate", "240", "--churn", "0.01")) {
      up.awaitGreeting();
      Run run = execute(_ -> {}, "--kernel", "7.0.0");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("expected a simulated fleet that nobody changes");
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
    Run run = execute(_ -> {}, "--kernel", "7.0.0");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("expected a running 'fleetcompat up --simulate'");
  }

  private void spoil(String host) {
    try {
      Files.writeString(
          directory
              .resolve("data/simulated-fleet")
              .resolve(host)
              .resolve("sys/class/mdev_bus/0000:3c:00.0/mdev_supported_types/nvidia-63")
              .resolve("available_instances"),
          "77\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isSpoiled(String host) {
    return get("/v1/hosts/" + host).findValuesAsText("capacity").contains("77");
  }

  private List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    get("/v1/pools/" + POOL).path("members").forEach(host -> hosts.add(host.asText()));
    return hosts;
  }

  /** The hosts of each wave. */
  private List<Set<String>> waves() {
    JsonNode pool = plan("--driver", "nvidia=1.2.7").at("/pools/0");
    assertThat(pool.path("blocked").isNull()).isTrue();
    List<Set<String>> waves = new ArrayList<>();
    for (JsonNode wave : pool.path("waves")) {
      Set<String> hosts = new TreeSet<>();
      wave.path("hosts").forEach(host -> hosts.add(host.asText()));
      waves.add(hosts);
    }
    return waves;
  }

  private JsonNode plan(String... change) {
    Run run = Run.of(arguments(List.of("-o", "json"), change));
    try {
      return new ObjectMapper().readTree(run.out());
    } catch (IOException e) {
      throw new IllegalStateException(run.out() + run.err(), e);
    }
  }

  private String[] arguments(List<String> more, String... change) {
    return Stream.of(
            Stream.of("plan", "--api", address, "--pool", POOL, "--in-use", "mdev"),
            more.stream(),
            Stream.of(change))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  /** The mdev devices of the pool, each with its host. */
  private Map<String, String> devices() {
    Map<String, String> devices = new TreeMap<>();
    for (String host : hosts()) {
      for (JsonNode endpoint : get("/v1/hosts/" + host).path("endpoints")) {
        if (endpoint.path("kind").asText().equals("MDEV_DEVICE")) {
          assertThat(devices.put(endpoint.path("endpoint").asText(), host)).isNull();
        }
      }
    }
    return devices;
  }

  private void assertEachHasRoom(Map<String, String> devices, Set<String> out, String step) {
    devices.forEach(
        (device, host) -> {
          Set<String> hosts = new TreeSet<>();
          JsonNode found =
              api.get(
                      "/v1/destinations",
                      Map.of(
                          "source", Optional.of(host + "/" + device),
                          "pool", Optional.of(POOL),
                          "capacity", Optional.of("true"),
                          "limit", Optional.of("1000")))
                  .json();
          found.path("destinations").forEach(each -> hosts.add(each.path("host").asText()));
          hosts.removeAll(out);
          hosts.remove(host);
          assertThat(hosts).as("%s: %s of %s", step, device, host).isNotEmpty();
        });
  }

  private long stranded() {
    return get("/v1/pools/" + POOL).at("/health/devices/stranded").asLong();
  }

  /** The profile of an mdev type of a host, as the index has it. */
  private String profile(String host) {
    for (JsonNode endpoint : get("/v1/hosts/" + host).path("endpoints")) {
      if (endpoint.path("kind").asText().equals("MDEV_TYPE")) {
        return get("/v1/profiles/" + endpoint.path("profile").asText()).toString();
      }
    }
    return "no mdev type";
  }

  private JsonNode get(String path) {
    return api.get(path, Map.of()).json();
  }

  /** Executes a plan in this process; each line is looked at before it goes on. */
  private Run execute(Consumer<String> look, String... change) {
    StringWriter said = new StringWriter();
    StringWriter wrong = new StringWriter();
    Writer out =
        new Writer() {
          private final StringBuilder line = new StringBuilder();

          @Override
          public void write(char[] from, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
              said.append(from[i]);
              if (from[i] == '\n') {
                String whole = line.toString().stripTrailing();
                line.setLength(0);
                look.accept(whole);
              } else {
                line.append(from[i]);
              }
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    int status =
        Main.run(
            new PrintWriter(out),
            new PrintWriter(wrong),
            arguments(
                List.of("--execute", "--data-dir", directory.resolve("data").toString()), change));
    return new Run(status, said.toString(), wrong.toString());
  }

  private UpProcess start(String name, String... options) throws Exception {
    return UpProcess.start(
        directory.resolve(name + ".out"),
        Stream.concat(
                Stream.of(
                    "--no-local",
                    "--data-dir",
                    directory.resolve("data").toString(),
                    "--http-port",
                    ports.get(0).toString(),
                    "--kafka-port",
                    ports.get(1).toString(),
                    "--kafka-controller-port",
                    ports.get(2).toString()),
                Stream.of(options))
            .toList());
  }
}
