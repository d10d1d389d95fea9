package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example of README.md, run as it is written. */
class ReadmeIT {

  private static final String TEST_COMMAND = "mvn verify";
  private static final String UP = "./fleetcompat up --simulate 200";
  private static final List<Example> EXAMPLES = Example.of(Repository.read("README.md"));

  @TempDir Path directory;

  @Test
  void everyExamplePrintsWhatItSays() throws Exception {
    assertThat(EXAMPLES).extracting(Example::command).contains(UP, TEST_COMMAND);
    Repository.install(directory);
    List<Integer> ports = FreePorts.find(3);
    String api = "http://127.0.0.1:" + ports.get(0);
    // Only where it listens and keeps its data is not as the README has it.
    String command =
        UP
            + " --http-port %d --kafka-port %d --kafka-controller-port %d --data-dir data"
                .formatted(ports.get(0), ports.get(1), ports.get(2));
    try (Child up = bash("up", Map.of("FLEETCOMPAT_JAVA_OPTS", "-Xmx700m"), "exec " + command)) {
      String greeting = up.await("Ctrl-C stops everything");
      List<String> wrong = new ArrayList<>();
      for (Example example : EXAMPLES) {
        if (!example.command().equals(TEST_COMMAND)) {
          Child.Said said =
              example.command().equals(UP) ? new Child.Said(0, greeting) : run(example, api);
          if (said.status() != example.status() || !example.matches(said.text())) {
            wrong.add(difference(example, said));
          }
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(up.terminate()).as(up.said()).isZero();
    }
  }

  private Child.Said run(Example example, String api) throws IOException, InterruptedException {
    String command =
        example
            .command()
            .replace("/tmp/", directory + "/")
            .replace("~/.local/share/fleetcompat/", directory + "/data/");
    try (Child child = bash("example", Map.of("FLEETCOMPAT_API", api), command)) {
      return new Child.Said(child.end(), child.said().replace(directory + "/", "/tmp/"));
    }
  }

  private Child bash(String name, Map<String, String> environment, String command)
      throws IOException {
    return Child.start(
        directory.resolve(name + ".out"), directory, environment, List.of("bash", "-c", command));
  }

  private static String difference(Example example, Child.Said said) {
    return "README.md:%d: $ %s%nexpected status %d and%n%s%nfound status %d and%n%s"
        .formatted(
            example.line(),
            example.command(),
            example.status(),
            String.join("\n", example.output()),
            said.status(),
            said.text());
  }
}
