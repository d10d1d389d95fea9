package io.fleetcompat.cli.faults;

import java.io.IOException;
import java.util.List;

/** A program of the machine that is run to its end. */
final class Program {

  private Program() {}

  /** Its exit status. */
  static int status(List<String> command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  static int status(String... command) throws IOException, InterruptedException {
    return status(List.of(command));
  }

  /** Requires the exit status 0. */
  static void require(List<String> command) throws IOException, InterruptedException {
    int status = status(command);
    if (status != 0) {
      throw new IOException("expected status 0, found %d of %s".formatted(status, command));
    }
  }

  static void require(String... command) throws IOException, InterruptedException {
    require(List.of(command));
  }
}
