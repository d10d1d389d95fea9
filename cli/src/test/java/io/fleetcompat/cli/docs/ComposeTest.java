package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.CommandLines;
import io.fleetcompat.collector.CollectorSettings;
import io.fleetcompat.schemas.Limits;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kafka.server.KafkaConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml and Dockerfile name only what exists, and mean what the code means. */
class ComposeTest {

  private static final Set<String> ONE_SHOT = Set.of("topics", "simulate");
  private static final JsonNode COMPOSE = compose();
  private static final String DOCKERFILE = Repository.read("Dockerfile");

  @Test
  void everyImageIsOursOrKafka() {
    for (Map.Entry<String, JsonNode> service : services().entrySet()) {
      boolean kafka = service.getValue().path("image").asText().equals("apache/kafka:4.2.1");
      boolean ours = service.getValue().path("build").asText().equals(".");
      assertThat(kafka ^ ours).as(service.getKey()).isTrue();
    }
  }

  @Test
  void everyCommandIsOneThatTheCommandLineTakes() {
    for (Map.Entry<String, JsonNode> service : ours().entrySet()) {
      List<String> command = words(service.getValue().path("command"));
      assertThat(CommandLines.parse(command).hasSubcommand()).as(service.getKey()).isTrue();
    }
  }

  @Test
  void healthChecksAndPublishedPortsAreThePortsThatTheCommandServes() {
    for (JsonNode service : ours().values()) {
      if (service.has("healthcheck")) {
        List<String> test = words(service.path("healthcheck").path("test"));
        assertThat(test)
            .containsExactly(
                "CMD",
                "/opt/fleetcompat/fleetcompat",
                "health",
                "http://127.0.0.1:" + port(service));
        CommandLines.parse(test.subList(2, test.size()));
      }
      for (String published : words(service.path("ports"))) {
        assertThat(published).matches("127\\.0\\.0\\.1:[0-9]+:" + port(service));
      }
    }
  }

  @Test
  void dependenciesExistAndOnlyOneShotServicesComplete() {
    for (Map.Entry<String, JsonNode> service : services().entrySet()) {
      for (var dependency : service.getValue().path("depends_on").properties()) {
        JsonNode other = COMPOSE.path("services").path(dependency.getKey());
        assertThat(other.isObject()).as(dependency.getKey()).isTrue();
        boolean oneShot =
            other.has("build") && ONE_SHOT.contains(words(other.path("command")).getFirst());
        assertThat(dependency.getValue().path("condition").asText())
            .as(service.getKey())
            .isEqualTo(oneShot ? "service_completed_successfully" : "service_healthy");
        assertThat(oneShot || other.has("healthcheck")).as(dependency.getKey()).isTrue();
      }
    }
  }

  @Test
  void volumesAreDeclaredUsedAndWritableByTheImagesUser() {
    Set<String> used = new TreeSet<>();
    services()
        .values()
        .forEach(s -> words(s.path("volumes")).forEach(v -> used.add(v.split(":", -1)[0])));
    Set<String> declared = new TreeSet<>();
    COMPOSE.path("volumes").properties().forEach(volume -> declared.add(volume.getKey()));
    assertThat(used).isEqualTo(declared);
    assertThat(DOCKERFILE)
        .contains(
            "--uid 10001 --home-dir /var/lib/fleetcompat --create-home fleetcompat",
            "mkdir -p /fleet && chown fleetcompat /fleet",
            "USER 10001");
    for (JsonNode service : ours().values()) {
      for (String volume : words(service.path("volumes"))) {
        assertThat(volume.split(":", -1)[1]).isIn("/fleet", "/var/lib/fleetcompat");
      }
    }
  }

  /** The root is read-only; rocksdbjni unpacks its library in /tmp and maps it executable. */
  @Test
  void ourContainersWriteNowhereElse() {
    for (JsonNode service : ours().values()) {
      assertThat(service.path("read_only").asBoolean()).isTrue();
      assertThat(words(service.path("tmpfs"))).containsExactly("/tmp:exec");
    }
  }

  @Test
  void partitionsAgreeAndKafkaTakesOurLargestRecord() {
    Set<String> partitions = new TreeSet<>();
    for (JsonNode service : ours().values()) {
      List<String> command = words(service.path("command"));
      if (command.contains("--partitions")) {
        partitions.add(command.get(command.indexOf("--partitions") + 1));
      }
    }
    assertThat(partitions).hasSize(1);
    JsonNode kafka = COMPOSE.path("services").path("kafka").path("environment");
    for (String bound : List.of("KAFKA_MESSAGE_MAX_BYTES", "KAFKA_REPLICA_FETCH_MAX_BYTES")) {
      assertThat(kafka.path(bound).asLong()).isGreaterThan(Limits.RECORD_BYTES);
    }
  }

  /** The image makes a property of every KAFKA_ variable, and starts whatever they say. */
  @Test
  void kafkaTakesEverySetting() {
    Map<String, String> properties = new TreeMap<>();
    COMPOSE
        .path("services")
        .path("kafka")
        .path("environment")
        .properties()
        .forEach(
            variable -> {
              assertThat(variable.getKey()).matches("KAFKA(_[A-Z]+)+");
              String name = variable.getKey().substring("KAFKA_".length());
              properties.put(
                  name.toLowerCase(Locale.ROOT).replace('_', '.'), variable.getValue().asText());
            });
    assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(properties.keySet());
    KafkaConfig config = new KafkaConfig(properties, false);
    assertThat(config.messageMaxBytes()).isGreaterThan(Limits.RECORD_BYTES);
    assertThat(config.autoCreateTopicsEnable()).isFalse();
    assertThat(config.logDirs()).containsExactly("/var/lib/kafka/data");
  }

  @Test
  void everyVariableIsOneThatTheCodeReads() {
    for (JsonNode service : ours().values()) {
      Map<String, String> variables = new TreeMap<>();
      service
          .path("environment")
          .properties()
          .forEach(variable -> variables.put(variable.getKey(), variable.getValue().asText()));
      assertThat(CollectorSettings.CATALOGUE.environment(variables).texts())
          .hasSameSizeAs(variables);
    }
    Matcher set = Pattern.compile("(?m)^ENV ([A-Z_]+)=").matcher(DOCKERFILE);
    assertThat(set.find()).isTrue();
    assertThat(Repository.read("fleetcompat")).contains(set.group(1));
  }

  @Test
  void whatTheDockerfileCopiesExists() {
    Matcher copy = Pattern.compile("(?m)^COPY --from=build /src/(\\S+) ").matcher(DOCKERFILE);
    List<String> copied = new ArrayList<>();
    while (copy.find()) {
      copied.add(copy.group(1));
    }
    assertThat(copied).containsExactly("fleetcompat", "cli/target/fleetcompat/lib");
    assertThat(Files.isExecutable(Repository.TOP.resolve("fleetcompat"))).isTrue();
    assertThat(Repository.read("cli/pom.xml"))
        .contains("${project.build.directory}/fleetcompat/lib");
  }

  private static String port(JsonNode service) {
    List<String> command = words(service.path("command"));
    int option = Math.max(command.indexOf("--metrics-port"), command.indexOf("--http-port"));
    return command.get(option + 1);
  }

  private static Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    COMPOSE.path("services").properties().forEach(s -> services.put(s.getKey(), s.getValue()));
    return services;
  }

  private static Map<String, JsonNode> ours() {
    Map<String, JsonNode> ours = services();
    ours.values().removeIf(service -> !service.has("build"));
    return ours;
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  /** With anchors and merge keys resolved, as Compose does. */
  private static JsonNode compose() {
    Object loaded =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Repository.read("docker-compose.yml"));
    return new ObjectMapper().valueToTree(loaded);
  }
}
