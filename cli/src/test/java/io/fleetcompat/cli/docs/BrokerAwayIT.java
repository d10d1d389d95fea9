package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.FreePorts;
import io.fleetcompat.testing.KafkaFixture;
import io.fleetcompat.testing.OwnBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The logs of real processes whose broker is away, with a period of seconds for a minute. */
class BrokerAwayIT {

  private static final Duration PERIOD = Duration.ofSeconds(4);

  /** Most conditions that a broker's absence may be to one process, each a line a period. */
  private static final int CONDITIONS = 4;

  private static final Pattern MORE = Pattern.compile(" \\(\\d+ more like this since the last\\)");
  private static final Pattern FRAME = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(.*$");
  private static final Pattern WARNING = Pattern.compile("^\\S+ (WARN|ERROR) .*");

  @TempDir Path directory;

  private final List<Integer> ports = FreePorts.find(3);
  private final Map<String, Child> processes = new TreeMap<>();
  private OwnBroker broker;
  private Application application;

  @BeforeEach
  void start() throws Exception {
    broker = KafkaFixture.own();
    application =
        new Application(
            directory,
            Map.of(
                "FLEETCOMPAT_JAVA_OPTS",
                "-Xmx200m -XX:TieredStopAtLevel=1 -Dfleetcompat.log.period="
                    + PERIOD.toSeconds()
                    + "second",
                "FLEETCOMPAT_BOOTSTRAP_SERVERS",
                broker.bootstrapServers()));
    LoneHost.write(directory.resolve("lone"), "1.0.0");
    start("index", "--partitions", "4", "--state-dir", "state", "--metrics-port", port(0));
    Await.until("the indexer", () -> application.isReady(ports.get(0)));
    start("serve", "--http-port", port(1));
    start("collect", "--root", "lone", "--host", "lone", "--metrics-port", port(2));
    for (int port : ports) {
      Await.until("/health/ready of port " + port, () -> application.isReady(port));
    }
  }

  private void start(String command, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of(options));
    processes.put(command, application.start(command, words));
  }

  private String port(int number) {
    return String.valueOf(ports.get(number));
  }

  @AfterEach
  void stop() {
    application.close();
    broker.close();
  }

  @Test
  void aBrokerThatIsAwayIsALineAPeriodWithoutStackTracesAndItsReturnIsTold() throws Exception {
    assertThat(processes.get("index").said())
        .as("one indexer has no standby")
        .doesNotContain("standby tasks");
    Map<String, Integer> before = new TreeMap<>();
    for (Map.Entry<String, Child> each : processes.entrySet()) {
      before.put(each.getKey(), each.getValue().said().length());
    }
    long killed = System.nanoTime();
    broker.process().kill();
    for (Map.Entry<String, Child> each : processes.entrySet()) {
      Await.until(
          each.getKey() + " to say three times that lines were left out",
          () -> MORE.matcher(since(each, before)).results().count() >= 3);
    }
    long periods = 1 + (System.nanoTime() - killed) / PERIOD.toNanos();
    for (Map.Entry<String, Child> each : processes.entrySet()) {
      String said = since(each, before);
      List<String> warnings = said.lines().filter(WARNING.asMatchPredicate()).toList();
      assertThat(warnings)
          .as("%s in %d periods", each.getKey(), periods)
          .hasSizeLessThanOrEqualTo((int) (CONDITIONS * (periods + 1)));
      assertThat(
              warnings.stream()
                  .collect(Collectors.groupingBy(BrokerAwayIT::text, Collectors.counting()))
                  .values())
          .allMatch(times -> times <= periods + 1);
      assertThat(FRAME.matcher(said).results()).as(said).isEmpty();
    }
    broker.process().restart();
    for (Map.Entry<String, Child> each : processes.entrySet()) {
      Await.until(
          each.getKey() + " to say that it is over",
          () -> since(each, before).contains("lines like this were left out in all)"));
    }
    for (int port : ports) {
      Await.until("/health/ready of port " + port, () -> application.isReady(port));
    }
    for (Map.Entry<String, Child> each : processes.entrySet()) {
      assertThat(FRAME.matcher(since(each, before)).results()).as(each.getKey()).isEmpty();
    }
  }

  private static String since(Map.Entry<String, Child> process, Map<String, Integer> before)
      throws IOException {
    return process.getValue().said().substring(before.get(process.getKey()));
  }

  /** The text of a line without its time and its numbers. */
  private static String text(String line) {
    return MORE.matcher(line.substring(line.indexOf(' ')))
        .replaceAll("")
        .replaceAll("[\\w.-]*\\d[\\w.-]*", "N");
  }
}
