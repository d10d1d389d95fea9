package io.fleetcompat.cli.output;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The terminal at which a person reads what is printed, if there is one. */
public final class Terminal {

  /** The width of a terminal that does not say how wide it is. */
  private static final int USUAL = 80;

  private static final int LEAST = 20;

  private Terminal() {}

  /** The characters of a line: as many as a pipe or a file takes, where there is no terminal. */
  static int columns() {
    return isThere() ? columns(System.getenv("FLEETCOMPAT_COLUMNS")) : Integer.MAX_VALUE;
  }

  /**
   * @param told by the launcher; it may be anything
   */
  static int columns(@Nullable String told) {
    return told != null && told.matches("[0-9]{2,4}") && Integer.parseInt(told) >= LEAST
        ? Integer.parseInt(told)
        : USUAL;
  }

  /** True where standard input and output are a terminal: no pipe, no file. */
  public static boolean isThere() {
    return console().isPresent();
  }

  /** The console of that terminal, at which a question can be asked. */
  public static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }
}
