package io.fleetcompat.cli.client;

import io.fleetcompat.cli.output.Ages;
import io.fleetcompat.cli.output.Format;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that every question to an API has. */
final class ApiOptions {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--api",
      paramLabel = "URL",
      defaultValue = "${env:FLEETCOMPAT_API:-" + Api.DEFAULT_BASE + "}",
      description =
          "The address of the API (default: $FLEETCOMPAT_API, else " + Api.DEFAULT_BASE + ").")
  private String api;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml",
      defaultValue = "text",
      description = "The format: text for people; json or yaml for programs, as the API answers.")
  Format format;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Wait at most this long for the answer (default: ${DEFAULT-VALUE}).")
  private String timeout;

  @Option(
      names = "--min-revision",
      paramLabel = "N",
      description = "Wait until the replica has reached this revision, then answer.")
  Optional<String> minRevision;

  @Option(
      names = "--min-document",
      paramLabel = "HOST:EPOCH:SEQUENCE",
      description = "Wait until this document of the host, or a newer one, is in the index, then answer.")
  Optional<String> minDocument;

  private ApiOptions() {}

  Api api() {
    return checked(() -> Api.at(api, Ages.parse(timeout)));
  }

  Optional<Duration> duration(Optional<String> text) {
    return checked(() -> text.map(Ages::parse));
  }

  /** A value that its parser refuses is wrong usage. */
  private <T> T checked(Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
