package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.FreePorts;
import io.fleetcompat.testing.KafkaFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The image that the Dockerfile makes: its Java runs the launcher and all that it starts. */
class ImageIT {

  private static final Pattern JLINK =
      Pattern.compile("(?m)^RUN (jlink (?:.*\\\\\n)*.* --output) /jre$");
  private static final String NOT_LOADED =
      "(?s).*(ClassNotFound|NoClassDefFound|UnsatisfiedLink|find LoginModule class|NoSuchAlgorithm|"
          + "not supported by provider|Module .* not found).*";

  @TempDir static Path directory;

  private static Application image;

  @BeforeAll
  static void build() throws Exception {
    Path jre = directory.resolve("jre");
    Matcher jlink = JLINK.matcher(Repository.read("Dockerfile"));
    assertThat(jlink.find()).isTrue();
    List<String> command =
        new ArrayList<>(List.of(jlink.group(1).replace("\\\n", " ").split("\\s+")));
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "jlink").toString());
    command.add(jre.toString());
    Child.Said said = Child.run(directory.resolve("jlink.out"), directory, Map.of(), command);
    assertThat(said.status()).as(said.text()).isZero();
    image =
        new Application(
            directory,
            Map.of(
                "FLEETCOMPAT_JAVA_HOME", jre.toString(),
                "FLEETCOMPAT_JAVA_OPTS", "-Xmx256m",
                "JAVA_HOME", "",
                "PATH", "/usr/bin:/bin"));
  }

  @AfterAll
  static void stop() {
    image.close();
  }

  @Test
  void commandsRun() throws Exception {
    Child.Said version = image.run("--version");
    assertThat(version.status()).as(version.text()).isZero();
    assertThat(version.text()).startsWith("fleetcompat ");
    LoneHost.write(directory.resolve("older"), "1.0.0");
    LoneHost.write(directory.resolve("newer"), "1.1.0");
    assertThat(compare("older", "newer")).isZero();
    assertThat(compare("newer", "older")).isEqualTo(3);
  }

  @Test
  void indexAndApiBecomeReady() throws Exception {
    KafkaFixture kafka = KafkaFixture.shared();
    List<Integer> ports = FreePorts.find(2);
    List<String> cluster =
        List.of(
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--topic-prefix",
            kafka.uniquePrefix());
    List<Child> processes =
        List.of(
            image.start(
                "index",
                with(
                    cluster,
                    "index --partitions 2 --state-dir state --metrics-port " + ports.get(0))),
            image.start("serve", with(cluster, "serve --http-port " + ports.get(1))));
    for (int port : ports) {
      Await.until("/health/ready of port " + port, () -> image.isReady(port));
    }
    for (Child process : processes) {
      assertThat(process.terminate()).as(process.said()).isZero();
      assertThat(process.said()).doesNotMatch(NOT_LOADED).contains(" INFO ");
    }
    assertThat(directory.resolve("state")).isNotEmptyDirectory();
  }

  /** Nobody answers here: what matters is that Kafka's client has all that it needs to try. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSL",
        "SASL_SSL SCRAM-SHA-512 org.apache.kafka.common.security.scram.ScramLoginModule",
        "SASL_PLAINTEXT PLAIN org.apache.kafka.common.security.plain.PlainLoginModule",
        "SASL_PLAINTEXT GSSAPI com.sun.security.auth.module.Krb5LoginModule"
      })
  void everyWayToProtectKafkaIsThere(String way) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      String[] words = way.split(" ", -1);
      List<String> arguments =
          with(
              List.of(
                  "--kafka",
                  "security.protocol=" + words[0],
                  "--kafka",
                  "default.api.timeout.ms=2000",
                  "--kafka",
                  "request.timeout.ms=1000"),
              "topics --bootstrap-servers 127.0.0.1:" + silent.getLocalPort());
      if (words.length > 1) {
        String login = words[2] + " required username=\"u\" password=\"p\";";
        arguments.addAll(List.of("--kafka", "sasl.mechanism=" + words[1]));
        arguments.addAll(List.of("--kafka", "sasl.kerberos.service.name=kafka"));
        arguments.addAll(
            List.of(
                "--kafka",
                "sasl.jaas.config="
                    + (words[1].equals("GSSAPI") ? words[2] + " required;" : login)));
      }
      Child.Said said = image.run(arguments);
      assertThat(said.status()).as(said.text()).isEqualTo(1);
      assertThat(said.text()).contains("could not be looked at").doesNotMatch(NOT_LOADED);
    }
  }

  private static int compare(String source, String destination)
      throws IOException, InterruptedException {
    return image
        .run(
            "compare",
            "--source",
            directory.resolve(source).toString(),
            "--destination",
            directory.resolve(destination).toString(),
            "--source-endpoint",
            LoneHost.ONE,
            "--destination-endpoint",
            LoneHost.ONE)
        .status();
  }

  private static List<String> with(List<String> options, String command) {
    List<String> all = new ArrayList<>(List.of(command.split(" ")));
    all.addAll(options);
    return all;
  }
}
