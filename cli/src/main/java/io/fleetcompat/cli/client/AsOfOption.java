package io.fleetcompat.cli.client;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of questions that may be asked as of a time that is past. */
final class AsOfOption {

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "Answer as of this time: such as 2026-11-26T10:00:00Z, or how long ago it was, such as"
              + " 30m, 24h or 7d. Needs an API with a history.")
  private Optional<String> time;

  private AsOfOption() {}

  boolean isGiven() {
    return time.isPresent();
  }

  void putInto(Map<String, Optional<String>> parameters) {
    parameters.put("as-of", time);
  }
}
