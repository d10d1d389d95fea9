package io.fleetcompat.cli.inspect;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.HostReading.Problem;
import io.fleetcompat.inventory.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The notes for people at the head of an archive: which drivers there are, and how many endpoints.
 */
record ArchiveNotes(HostReading reading) {

  /** An archive of a part of a host would say less than the host, and look like all of it. */
  void requireWhole() {
    for (Problem problem : reading.problems()) {
      if (problem.path().isEmpty() && problem.code() == ProblemCode.TOO_MANY_NODES) {
        throw CommandFailure.failed(
            "expected a host within the bounds, since an archive of a part would pass for the"
                + " whole; "
                + problem.detail());
      }
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Driver driver : reading.drivers()) {
      lines.add("driver %s %s".formatted(driver.name(), driver.version().orElse("-")));
    }
    lines.add(
        "%d endpoints, %d problems"
            .formatted(reading.endpoints().size(), reading.problems().size()));
    return lines;
  }
}
