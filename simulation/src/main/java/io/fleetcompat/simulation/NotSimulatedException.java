package io.fleetcompat.simulation;

import java.nio.file.Path;

/** The refusal to touch a directory that no simulation has written. */
public final class NotSimulatedException extends Exception {

  private static final long serialVersionUID = 1L;

  NotSimulatedException(Path directory, String found) {
    super(message(directory, found));
  }

  NotSimulatedException(Path directory, String found, Throwable cause) {
    super(message(directory, found), cause);
  }

  private static String message(Path directory, String found) {
    return "expected a simulated fleet in %s ('up --simulate' makes one), found %s"
        .formatted(directory, found);
  }
}
