package io.fleetcompat.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.compatibility.json.JsonMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that name a change. */
final class ChangeOptions {

  /** Largest file that is read. */
  private static final int MAX_BYTES = 4 << 20;

  private static final JsonMapper JSON = new JsonMapper();

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--pool", paramLabel = "POOL", description = "Change the hosts of this pool.")
  private Optional<String> pool;

  @Option(names = "--host", paramLabel = "HOST", description = "Change this host; may be repeated.")
  private List<String> hosts = List.of();

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "Change the hosts with this label; may be repeated, then all must fit.")
  private List<String> labels = List.of();

  @Option(
      names = "--running",
      paramLabel = "RELEASE",
      description = "Change the hosts that run this kernel.")
  private Optional<String> running;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Give an attribute another value, by the name that 'fleetcompat audit changes' shows,"
              + " such as software_version or fact/nvidia.ecc_mode; may be repeated.")
  private List<String> set = List.of();

  @Option(
      names = "--unset",
      paramLabel = "NAME",
      description = "Take an attribute away; may be repeated.")
  private List<String> unset = List.of();

  @Option(
      names = "--driver",
      paramLabel = "MODULE=VERSION",
      description = "Give a driver another version, wherever profiles hold it.")
  private Optional<String> driver;

  @Option(names = "--kernel", paramLabel = "RELEASE", description = "Run another kernel.")
  private Optional<String> kernel;

  @Option(names = "--of-driver", paramLabel = "NAME", description = "Change only endpoints of it.")
  private Optional<String> ofDriver;

  @Option(names = "--of-type", paramLabel = "TYPE", description = "Change only endpoints of it.")
  private Optional<String> ofType;

  @Option(names = "--drain", description = "Nothing may go to the hosts any more.")
  private boolean drain;

  @Option(names = "--remove", description = "The hosts are gone.")
  private boolean remove;

  @Option(
      names = "--add",
      paramLabel = "HOST=LIKE",
      description = "Add a host that has what the host LIKE has; may be repeated.")
  private List<String> added = List.of();

  @Option(
      names = "--rules",
      paramLabel = "PACK.yaml",
      description = "Judge by this rule pack, over those in force; may be repeated.")
  private List<Path> packs = List.of();

  @Option(
      names = "--file",
      paramLabel = "BODY.json",
      description =
          "Take the change from a file, as POST /v1/what-if takes it; other options are laid over"
              + " it.")
  private Optional<Path> file;

  private ChangeOptions() {}

  /** The change as the API takes it. */
  ObjectNode change() {
    ObjectNode body = file.map(this::read).orElseGet(JSON::createObjectNode);
    select(body);
    if (ofDriver.isPresent() || ofType.isPresent()) {
      ObjectNode endpoints = body.withObject("/endpoints");
      ofDriver.ifPresent(name -> endpoints.put("driver", name));
      ofType.ifPresent(name -> endpoints.put("type", name));
    }
    set.forEach(each -> put(body.withObject("/set"), "--set", each));
    unset.forEach(name -> body.withArray("/unset").add(name));
    driver.ifPresent(
        each ->
            body.putObject("driver")
                .put("module", before("--driver", each))
                .put("version", after(each)));
    kernel.ifPresent(release -> body.put("kernel", release));
    flag(body, "drain", drain);
    flag(body, "remove", remove);
    for (String each : added) {
      body.withArray("/add")
          .addObject()
          .put("host", before("--add", each))
          .put("like", after(each));
    }
    for (Path pack : packs) {
      body.withObject("/rules")
          .withObject("/packs")
          .put(String.valueOf(pack.getFileName()), text(pack));
    }
    return body;
  }

  private void select(ObjectNode body) {
    ObjectNode select = JSON.createObjectNode();
    pool.ifPresent(name -> select.put("pool", name));
    if (!hosts.isEmpty()) {
      ArrayNode names = select.putArray("hosts");
      hosts.forEach(names::add);
    }
    labels.forEach(each -> put(select.withObject("/labels"), "--label", each));
    running.ifPresent(release -> select.put("kernel", release));
    if (!select.isEmpty()) {
      body.withObject("/select").setAll(select);
    }
  }

  private static void flag(ObjectNode body, String name, boolean set) {
    if (set) {
      body.put(name, true);
    }
  }

  private void put(ObjectNode into, String option, String text) {
    into.put(before(option, text), after(text));
  }

  private String before(String option, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw wrong("%s: expected NAME=VALUE, found '%s'".formatted(option, text));
    }
    return text.substring(0, equals);
  }

  private static String after(String text) {
    return text.substring(text.indexOf('=') + 1);
  }

  private ObjectNode read(Path path) {
    try {
      if (JSON.readTree(text(path)) instanceof ObjectNode body) {
        return body;
      }
      throw wrong("--file: expected a JSON object in " + path + ", found something else");
    } catch (JsonProcessingException e) {
      throw wrong("--file: expected JSON in %s, found %s".formatted(path, JsonMistake.of(e)));
    }
  }

  private String text(Path path) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw wrong("expected at most %d bytes in %s".formatted(MAX_BYTES, path));
      }
      return Files.readString(path);
    } catch (IOException e) {
      throw wrong("%s cannot be read: %s".formatted(path, e));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
