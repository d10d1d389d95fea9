package io.fleetcompat.cli.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that asks whether a device may go somewhere. */
@Command(
    name = "check",
    description =
        "Say whether SOURCE may go to DESTINATION. Exit status 0: yes; 3: no; 4: unknown.",
    footer = {
      "%nExample:",
      "  fleetcompat check host-1/0000:00:02.0/i915-GVTg_V5_4 host-2 --max-age 1m"
    })
public final class Check extends PairQuestion {

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "The source endpoint: HOST/DEVICE or HOST/PARENT/TYPE.")
  private String source;

  @Parameters(
      index = "1",
      paramLabel = "DESTINATION",
      description = "An endpoint, or a host: then the best endpoint of that host.")
  private String destination;

  private Check() {}

  @Override
  String path() {
    return "/v1/check";
  }

  @Override
  String source() {
    return source;
  }

  @Override
  String destination() {
    return destination;
  }
}
