package io.fleetcompat.broker;

import java.io.IOException;

/** The broker could not be started; the message says why and what to do. */
public final class BrokerException extends IOException {

  private static final long serialVersionUID = 1L;

  BrokerException(String message) {
    super(message);
  }
}
