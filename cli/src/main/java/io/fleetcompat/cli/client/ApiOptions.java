package io.fleetcompat.cli.client;

import io.fleetcompat.cli.output.Format;
import io.fleetcompat.cli.output.FormatOption;
import io.fleetcompat.settings.Times;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that every question to an API has. */
final class ApiOptions {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private AddressOption address;

  @Mixin private FormatOption output;

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
      description =
          "Wait until this document of the host, or a newer one, is in the index, then answer.")
  Optional<String> minDocument;

  @Option(
      names = "--watch",
      description =
          "Answer again, after a line with the time, each time that the answer is another, until"
              + " it is stopped (Ctrl-C).")
  boolean watch;

  private ApiOptions() {}

  Api api() {
    return checked(() -> address.api(Times.parse(timeout)));
  }

  Format format() {
    return output.format();
  }

  boolean isCsv() {
    return output.isCsv();
  }

  Optional<Duration> duration(Optional<String> text) {
    return checked(() -> text.map(Times::parse));
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
