package io.fleetcompat.collector.state;

import java.io.IOException;

/**
 * A state file is not what was written: damaged, or somebody else's. Its message names the file.
 */
public final class BadStateException extends IOException {

  private static final long serialVersionUID = 1L;

  public BadStateException(String message) {
    super(message);
  }

  public BadStateException(String message, Throwable cause) {
    super(message, cause);
  }
}
