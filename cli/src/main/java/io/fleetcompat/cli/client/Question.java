package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Yaml;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks the API one thing and prints the answer in the format asked for. */
abstract class Question implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ApiOptions options;

  /** The path asked, below the API's address. */
  abstract String path();

  /** The parameters of this question; those without a value are not sent. */
  abstract Map<String, Optional<String>> parameters();

  /** The body, where the question is asked with one. */
  Optional<String> body() {
    return Optional.empty();
  }

  /** Prints the answer for people. */
  abstract void describe(JsonNode answer, PrintWriter out);

  /** The exit status that the answer means. */
  int status(JsonNode answer) {
    return ExitStatus.OK;
  }

  @Override
  public Integer call() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>(parameters());
    boolean isOfThePast = parameters.getOrDefault("as-of", Optional.empty()).isPresent();
    parameters.put("min-revision", options.minRevision);
    parameters.put("min-document", options.minDocument);
    Api.Answer answer = options.api().ask(path(), parameters, body());
    PrintWriter out = spec.commandLine().getOut();
    switch (options.format()) {
      case json -> out.println(Printable.document(answer.body().stripTrailing()));
      case yaml -> out.print(Yaml.of(answer.json()));
      case text -> {
        text(answer.json(), out);
        if (isOfThePast) {
          out.println(Printable.line("As of " + answer.json().path("asOf").asText("?") + "."));
        }
      }
    }
    return status(answer.json());
  }

  private void text(JsonNode answer, PrintWriter out) {
    describe(answer, out);
    if (answer.path("stale").asBoolean()) {
      out.println(
          "The index is behind: this is what was known at "
              + Printable.line(answer.path("asOf").asText("an unknown time"))
              + ".");
    }
  }

  /** A flag is sent only where it is set. */
  static Optional<String> flag(boolean set) {
    return set ? Optional.of("true") : Optional.empty();
  }
}
