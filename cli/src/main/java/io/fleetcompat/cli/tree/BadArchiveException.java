package io.fleetcompat.cli.tree;

import java.io.IOException;

/** An archive that is refused; its message says what was expected, what was found, and where. */
public final class BadArchiveException extends IOException {

  private static final long serialVersionUID = 1L;

  BadArchiveException(String message) {
    super(message);
  }
}
