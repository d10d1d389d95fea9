package io.fleetcompat.simulation;

import java.io.IOException;

/** The refusal to change a simulated fleet that somebody else changes, or that is none. */
public final class FleetBusyException extends IOException {

  private static final long serialVersionUID = 1L;

  FleetBusyException(String message) {
    super(message);
  }
}
