package io.fleetcompat.query.follow;

import java.time.Duration;

/** A failure to keep what was read: after a pause, it is read again from where its reader says. */
public final class ReadAgainException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Duration pause;

  public ReadAgainException(Duration pause, Throwable cause) {
    super(cause);
    this.pause = pause;
  }

  Duration pause() {
    return pause;
  }
}
