package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that asks whether a device may go somewhere. */
@Command(
    name = "check",
    description =
        "Say whether SOURCE may go to DESTINATION. Exit status 0: yes; 3: no; 4: unknown; with"
            + " --capacity, 8: yes, and nothing is free there.",
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

  @Option(
      names = "--capacity",
      description = {
        "Exit with status 8 where it may go there and nothing is free: no more can be created of"
            + " the type, or the device is in use; with 4 where nobody knows."
      })
  private boolean capacity;

  private Check() {}

  @Override
  int status(JsonNode answer) {
    int status = super.status(answer);
    return capacity && status == ExitStatus.OK ? room(answer) : status;
  }

  private int room(JsonNode answer) {
    JsonNode instances = answer.path("capacity");
    String use = answer.path("use").asText("");
    if (use.equals("free") || (instances.isNumber() && instances.asLong() > 0)) {
      return ExitStatus.OK;
    }
    if (use.equals("in-use") || instances.isNumber()) {
      spec.commandLine().getErr().println("fleetcompat: nothing is free there");
      return ExitStatus.NOTHING_FREE;
    }
    spec.commandLine().getErr().println("fleetcompat: nobody knows whether anything is free there");
    return ExitStatus.UNKNOWN;
  }

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
