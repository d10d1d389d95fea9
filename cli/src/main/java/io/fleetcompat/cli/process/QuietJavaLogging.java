package io.fleetcompat.cli.process;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The JDK's own logging, which the HTTP server uses: it greets on standard error otherwise. */
public final class QuietJavaLogging {

  /** Held, since the JDK forgets the level of a logger that nobody holds. */
  private static final Logger HTTP_SERVER = Logger.getLogger("io.helidon");

  private QuietJavaLogging() {}

  public static void warningsOnly() {
    HTTP_SERVER.setLevel(Level.WARNING);
  }
}
