package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.CapacityText;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.RuleSetText;
import io.fleetcompat.cli.output.VerdictText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A question about one ordered pair; the verdict is the exit status. */
abstract class PairQuestion extends Question {

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      description =
          "Exit with status 6 if a host was last seen longer ago than this, or the index is older.")
  Optional<String> maxAge;

  @Mixin private AsOfOption asOf;
  @Mixin private MaxBehindOption maxBehind;

  abstract String source();

  abstract String destination();

  @Override
  Map<String, Optional<String>> parameters() {
    options.duration(maxAge); // one that cannot be read is refused before anything is asked
    if (maxAge.isPresent() && asOf.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "expected --max-age or --as-of, found both: the past has its age");
    }
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("source", Optional.of(source()));
    parameters.put("destination", Optional.of(destination()));
    asOf.putInto(parameters);
    maxBehind.putInto(parameters);
    return parameters;
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    VerdictText.print(
        answer,
        answer.path("source").asText(source()),
        answer.path("destination").asText(destination()),
        out);
    CapacityText.print(answer, out);
    switch (answer.path("use").asText("")) {
      case "free" -> out.println("  in use: no, no process there has it open");
      case "in-use" -> out.println("  in use: yes, a process there has it open");
      case "unknown" -> {
        if (answer.path("verdict").asText("").equals("COMPATIBLE")) {
          out.println(
              "  in use: not known, its host's collector does not tell (in-use.conf in"
                  + " docs/operations.md lets it)");
        }
      }
      default -> {} // a type
    }
    HostText.printUnlessFresh("source", answer.path("sourceHost"), out);
    HostText.printUnlessFresh("destination", answer.path("destinationHost"), out);
    RuleSetText.print(answer, out);
  }

  @Override
  int status(JsonNode answer) {
    Instant now = Instant.now();
    Optional<String> tooOld =
        options.duration(maxAge).flatMap(limit -> Freshness.tooOld(answer, limit, now));
    tooOld.ifPresent(why -> spec.commandLine().getErr().println("fleetcompat: " + why));
    return tooOld.isPresent()
        ? ExitStatus.TOO_STALE
        : ExitStatus.ofVerdict(answer.path("verdict").asText());
  }
}
