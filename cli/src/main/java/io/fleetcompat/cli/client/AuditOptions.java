package io.fleetcompat.cli.client;

import io.fleetcompat.settings.Times;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that every question about changes has. */
final class AuditOptions {

  /** The forms in which changes are printed. */
  enum AuditFormat {
    /** For people. */
    text,
    /** The answers of the API, all pages as one. */
    json,
    /** A row for each change. */
    csv
  }

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private AddressOption address;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "Wait at most this long for each page (default: ${DEFAULT-VALUE}).")
  private String timeout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "The format: text for people; json or csv for programs.")
  AuditFormat format;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Return changes from this time on: such as 2026-11-26T10:00:00Z, or how long ago it was,"
              + " such as 30m, 24h or 7d (default: 24h before --until).")
  private Optional<String> since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Return changes up to this time (default: now).")
  private Optional<String> until;

  @Option(
      names = "--cause",
      paramLabel = "CAUSE,...",
      description =
          "Return only changes with one of these causes, such as driver-upgrade,host-stale. Those"
              + " of housekeeping (capacity-changed, profile-forgotten, rules-forgotten,"
              + " answer-forgotten, history-began) are left out unless they are named.")
  private Optional<String> cause;

  private AuditOptions() {}

  Api api() {
    try {
      return address.api(Times.parse(timeout));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  Map<String, Optional<String>> parameters() {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    parameters.put("since", since);
    parameters.put("until", until);
    parameters.put("cause", cause);
    return parameters;
  }
}
