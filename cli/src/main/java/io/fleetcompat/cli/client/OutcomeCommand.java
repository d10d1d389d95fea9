package io.fleetcompat.cli.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.VerdictText;
import io.fleetcompat.compatibility.json.JsonMistake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The command that reports what a migration really did. */
@Command(
    name = "outcome",
    description = {
      "Report what a migration really did: it is kept beside what the index had answered, for"
          + " 'audit outcomes'. It changes no verdict (docs/outcomes.md).",
      "Exit status 3: the index was wrong."
    },
    footer = {
      "%nExamples:",
      "  fleetcompat outcome host-1/0000:00:02.0/i915-GVTg_V5_4 host-2 --result succeeded --at 10m",
      "  fleetcompat outcome host-1/0000:3b:00.4 host-2 --result failed \\",
      "    --message 'vfio: Error allocating pfn mapping' --id $MIGRATION_UUID",
      "  fleetcompat outcome --file reports.ndjson"
    })
public final class OutcomeCommand extends Question {

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Longest line of a file, in characters: more than any report may have. */
  private static final int MAX_LINE = 1 << 17;

  private static final int PROGRESS_EVERY = 1000;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SOURCE",
      description = "The device before the migration: HOST/DEVICE, or HOST/PARENT/TYPE.")
  private Optional<String> source = Optional.empty();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DESTINATION",
      description = "The host where it went or was to go, or an endpoint there.")
  private Optional<String> destination = Optional.empty();

  @Option(
      names = "--result",
      paramLabel = "succeeded|refused|failed",
      description = "refused: before the guest was touched; failed: later.")
  private Optional<String> result = Optional.empty();

  @Option(
      names = "--other-cause",
      description = "It did not succeed for a reason that has nothing to do with the devices.")
  private boolean otherCause;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "When it began: such as 2026-11-26T10:00:00Z, or how long ago, such as 10m. What was"
              + " answered then is what counts; without it, what is answered now.")
  private Optional<String> at = Optional.empty();

  @Option(names = "--message", paramLabel = "TEXT", description = "What the hypervisor said.")
  private Optional<String> message = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Of the migration; who reports one again replaces it (default: a new one).")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--reporter",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who says so (default: ${DEFAULT-VALUE}).")
  private String reporter = "";

  @Option(
      names = "--source-profile",
      paramLabel = "PROFILE",
      description = "The profile that the device had: then it need not be there any more.")
  private Optional<String> sourceProfile = Optional.empty();

  @Option(
      names = "--destination-profile",
      paramLabel = "PROFILE",
      description = "Likewise, of the destination.")
  private Optional<String> destinationProfile = Optional.empty();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Report what each line of this file says, a JSON object as POST /v1/outcomes takes it;"
              + " '-' is standard input. It ends at the first line that is refused; a line without"
              + " an id has the same one whenever the file is reported.")
  private Optional<Path> file = Optional.empty();

  private OutcomeCommand() {}

  @Override
  String path() {
    return "/v1/outcomes";
  }

  @Override
  Map<String, Optional<String>> parameters() {
    return new LinkedHashMap<>();
  }

  @Override
  public Integer call() {
    if (options.watch) {
      throw wrong("expected no --watch: a report is made once");
    }
    if (file.isEmpty()) {
      return super.call();
    }
    if (Stream.of(source, result, at, message, id, sourceProfile, destinationProfile)
            .anyMatch(Optional::isPresent)
        || otherCause) {
      throw wrong("expected --file, or the options of one report, found both");
    }
    return reportAll(file.get());
  }

  @Override
  Optional<String> body() {
    ObjectNode report = JSON.createObjectNode();
    report.put("source", source.orElseThrow(() -> wrong("expected a SOURCE, or --file")));
    report.put("destination", destination.orElseThrow(() -> wrong("expected a DESTINATION")));
    report.put("result", result.orElseThrow(() -> wrong("expected --result")));
    report.put("reporter", reporter);
    if (otherCause) {
      report.put("otherCause", true);
    }
    report.put("id", id.orElseGet(() -> UUID.randomUUID().toString())); // told again where it fails
    at.ifPresent(text -> report.put("at", text));
    message.ifPresent(text -> report.put("message", text));
    sourceProfile.ifPresent(text -> report.put("sourceProfile", text));
    destinationProfile.ifPresent(text -> report.put("destinationProfile", text));
    return Optional.of(report.toString());
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  @Override
  void describe(JsonNode answer, PrintWriter out) {
    out.println(
        Printable.line(
            "recorded as %s: %s"
                .formatted(answer.path("id").asText("?"), answer.path("result").asText("?"))));
    JsonNode prediction = answer.path("prediction");
    if (!prediction.isObject()) {
      out.println(
          Printable.line("no prediction: " + answer.path("unpredicted").asText("not said")));
      return;
    }
    VerdictText.print(prediction, source.orElse("?"), destination.orElse("?"), out);
    JsonNode wrong = answer.path("wrong");
    out.println(
        wrong.isNull()
            ? "The index did not say yes or no, or something else was the cause."
            : wrong.asBoolean()
                ? "The index was wrong: 'fleetcompat audit outcomes' shows the two profiles."
                : "The index was right.");
  }

  @Override
  int status(JsonNode answer) {
    return answer.path("wrong").asBoolean() ? ExitStatus.INCOMPATIBLE : ExitStatus.OK;
  }

  private int reportAll(Path from) {
    Api api = options.api();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    long number = 0;
    long told = 0;
    long wrong = 0;
    try (BufferedReader lines = open(from)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          wrong += report(api, from, number, line).path("wrong").asBoolean() ? 1 : 0;
          told++;
        }
        if (number % PROGRESS_EVERY == 0) {
          err.println("%d lines reported".formatted(number));
          err.flush();
        }
      }
    } catch (IOException e) {
      throw CommandFailure.usage(
          "%s: expected a file in UTF-8 that can be read: %s".formatted(from, e.getMessage()));
    }
    out.println("%d outcomes reported; the index was wrong %d times".formatted(told, wrong));
    return wrong > 0 ? ExitStatus.INCOMPATIBLE : ExitStatus.OK;
  }

  private static BufferedReader open(Path from) throws IOException {
    return from.toString().equals("-")
        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        : Files.newBufferedReader(from);
  }

  /** The same for the same line: a file that is reported again counts once. */
  private static String idOf(long number, String line) {
    byte[] text = (number + "\n" + line).getBytes(StandardCharsets.UTF_8);
    return "line-" + UUID.nameUUIDFromBytes(text);
  }

  private JsonNode report(Api api, Path from, long number, String line) {
    String place = from + ":" + number + ": ";
    if (line.length() > MAX_LINE) {
      throw CommandFailure.usage(
          place + "expected at most %d characters, found %d".formatted(MAX_LINE, line.length()));
    }
    try {
      JsonNode json = JSON.readTree(line);
      if (!(json instanceof ObjectNode report)) {
        throw CommandFailure.usage(place + "expected a JSON object, found something else");
      }
      if (!report.has("id")) {
        report.put("id", idOf(number, line));
      }
      return api.ask(path(), parameters(), Optional.of(report.toString())).json();
    } catch (JsonProcessingException e) {
      throw CommandFailure.usage(place + "expected a JSON object, found " + JsonMistake.of(e));
    } catch (CommandFailure e) {
      throw new CommandFailure(e.status(), place + e.getMessage());
    }
  }
}
