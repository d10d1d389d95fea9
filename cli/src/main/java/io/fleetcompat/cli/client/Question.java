package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Csv;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Format;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.StandardOutput;
import io.fleetcompat.cli.output.Yaml;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that asks the API one thing and prints the answer in the format asked for. */
abstract class Question implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ApiOptions options;

  private boolean printed;

  /** The path asked, below the API's address. */
  abstract String path();

  /** The parameters of this question; those without a value are not sent. */
  abstract Map<String, Optional<String>> parameters();

  /** The body, where the question is asked with one. */
  Optional<String> body() {
    return Optional.empty();
  }

  /** Asks; a list may take several requests. */
  Api.Answer ask(Api api, Map<String, Optional<String>> parameters, Optional<String> body) {
    return api.ask(path(), parameters, body);
  }

  /** Tells that the answer is not all there is, where that is so. */
  void tellRest(JsonNode answer, PrintWriter err) {}

  /** Prints the answer for people. */
  abstract void describe(JsonNode answer, PrintWriter out);

  /** The answer as comma-separated values, for a command that has them. */
  Optional<CsvAnswer> csv() {
    return Optional.empty();
  }

  /** A printer of answers as comma-separated values. */
  interface CsvAnswer {
    void print(JsonNode answer, Csv csv);
  }

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
    if (csv().isEmpty()) {
      options.format(); // one that this command does not have is refused before anything is asked
    }
    Api api = options.api();
    if (options.watch) {
      if (isOfThePast) {
        throw new ParameterException(
            spec.commandLine(),
            "expected --watch or --as-of, found both: the past does not change");
      }
      return watch(api, parameters);
    }
    Api.Answer answer = ask(api, parameters, body());
    print(answer, isOfThePast);
    tellRest(answer.json(), spec.commandLine().getErr());
    return answered(api, answer.json());
  }

  /** Does what follows from an answer that is not watched; gives the exit status. */
  int answered(Api api, JsonNode answer) {
    return status(answer);
  }

  private int watch(Api api, Map<String, Optional<String>> parameters) {
    Optional<String> body = body(); // once: it may be read from standard input
    WatchedQuestion watched =
        new WatchedQuestion(
            api, () -> ask(api, parameters, body), this::printAgain, spec.commandLine().getErr());
    return StoppableTask.run(watched::run);
  }

  private void printAgain(Api.Answer answer) {
    PrintWriter out = spec.commandLine().getOut();
    if (printed && !options.isCsv() && options.format() == Format.text) {
      out.println();
      out.println("--- " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }
    printed = true;
    print(answer, false);
    StandardOutput.requireWhole(out);
    tellRest(answer.json(), spec.commandLine().getErr());
  }

  private void print(Api.Answer answer, boolean isOfThePast) {
    PrintWriter out = spec.commandLine().getOut();
    if (options.isCsv()) {
      csv().ifPresent(of -> of.print(answer.json(), new Csv(out)));
      return;
    }
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
