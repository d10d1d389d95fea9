package io.fleetcompat.cli.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** May this device go there? */
@Command(
    name = "check",
    description =
        "May this device go there? The exit status is the verdict: 0, 3 (no) or 4 (unknown).",
    footer = {
      "%nExample:",
      "  fleetcompat check host-1/0000:00:02.0/i915-GVTg_V5_4 host-2 --max-age 1m"
    })
public final class Check extends PairQuestion {

  @Parameters(
      index = "1",
      paramLabel = "DESTINATION",
      description = "A host (its best endpoint is chosen) or an endpoint.")
  private String destination;

  private Check() {}

  @Override
  String path() {
    return "/v1/check";
  }

  @Override
  String destination() {
    return destination;
  }
}
