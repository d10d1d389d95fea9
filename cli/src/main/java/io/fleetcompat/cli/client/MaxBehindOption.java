package io.fleetcompat.cli.client;

import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of questions whose answer depends on which hosts are live. */
final class MaxBehindOption {

  @Option(
      names = "--max-behind",
      paramLabel = "TIME",
      description =
          "A host that has sent a newer document counts as live for so long until the index has"
              + " it: 0 to 10s (default: 10s). With 0, no answer goes by a document that is known"
              + " to be old.")
  private Optional<String> time;

  private MaxBehindOption() {}

  void putInto(Map<String, Optional<String>> parameters) {
    parameters.put("max-behind", time);
  }
}
