package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.ChangeText;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.StandardOutput;
import io.fleetcompat.settings.Times;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command that tells what changes, as it changes. */
@Command(
    name = "watch",
    description =
        "Tell what changes, as it changes, one line for each change, until it is stopped (Ctrl-C)."
            + " Where the connection breaks, it goes on after the last change.",
    footer = {
      "%nExamples:",
      "  fleetcompat watch --kind host,pool",
      "  fleetcompat watch --pool gold --cause driver-upgrade -o json"
    })
public final class WatchCommand implements Callable<Integer> {

  /** The forms in which events are printed. */
  enum WatchFormat {
    /** For people. */
    text,
    /** One object a line: the event's name, its id and its data. */
    json
  }

  @Spec private CommandSpec spec;

  @Mixin private AddressOption address;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Wait at most this long for a connection (default: ${DEFAULT-VALUE}).")
  private String timeout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "The format: text for people; json, one object a line, for programs.")
  private WatchFormat format;

  @Option(
      names = "--kind",
      paramLabel = "KIND,...",
      description =
          "Tell only of these: host, capacity, profile, rules, probe, override, pool, alert."
              + " Changes of capacity, and what is forgotten of the others, are told only where"
              + " their kind or cause is named.")
  private Optional<String> kind;

  @Option(names = "--host", paramLabel = "HOST", description = "Tell only of this host.")
  private Optional<String> host;

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      description = "Tell only of this pool, and of others' changes that concern it.")
  private Optional<String> pool;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "Tell only of changes of this endpoint, or of one below it.")
  private Optional<String> device;

  @Option(
      names = "--cause",
      paramLabel = "CAUSE,...",
      description =
          "Tell only of changes with one of these causes, such as driver-upgrade,host-stale.")
  private Optional<String> cause;

  @Option(
      names = "--after",
      paramLabel = "ID",
      description =
          "Begin with what came after the event with this id, as -o json prints it (default: with"
              + " what comes from now on).")
  private Optional<String> after;

  private WatchCommand() {}

  @Override
  public Integer call() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("kind", kind);
    parameters.put("host", host);
    parameters.put("pool", pool);
    parameters.put("device", device);
    parameters.put("cause", cause);
    PrintWriter out = spec.commandLine().getOut();
    ChangeStream changes = new ChangeStream(api(), parameters, after, spec.commandLine().getErr());
    return StoppableTask.run(() -> changes.forEach(event -> print(event, out)));
  }

  private Api api() {
    try {
      return address.api(Times.parse(timeout));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void print(StreamedEvent event, PrintWriter out) {
    switch (format) {
      case json -> out.println(Printable.document(json(event)));
      case text -> {
        switch (event.name()) {
          case "change" -> out.println(Printable.line(text(event.data())));
          case "alert" -> out.println(Printable.line(alert(event.data())));
          default -> {} // bookmarks say nothing to people
        }
      }
    }
    StandardOutput.requireWhole(out);
  }

  /** Bookmarks too: a program may go on after any. */
  private static String json(StreamedEvent event) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("event", event.name());
    line.put("id", event.id().orElse(null));
    return line.set("data", event.data()).toString();
  }

  private static String text(JsonNode change) {
    String what = ChangeText.of(change);
    return "%s  %s/%s  %s%s"
        .formatted(
            change.path("at").asText("-"),
            change.path("kind").asText("?"),
            change.path("name").asText("?"),
            ChangeText.causes(change),
            what.isEmpty() ? "" : ": " + what);
  }

  /** As of when it came into the state that it is in. */
  private static String alert(JsonNode alert) {
    String state = alert.path("state").asText("?");
    String at =
        switch (state) {
          case "firing" -> "startsAt";
          case "resolved" -> "endsAt";
          default -> "since";
        };
    return "%s  alert/%s/%s  %s: %s"
        .formatted(
            alert.path(at).asText("-"),
            alert.path("alert").asText("?"),
            alert.path("pool").asText("?"),
            state,
            alert.path("summary").asText(""));
  }
}
