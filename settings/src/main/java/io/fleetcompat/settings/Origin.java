package io.fleetcompat.settings;

import java.nio.file.Path;

/**
 * The place where a setting was given.
 *
 * @param words as a message says it, after "from"
 */
public record Origin(String words) {

  /** A caller in the same process, such as a test. */
  public static final Origin PROGRAM = new Origin("the program");

  static Origin line(Path file, int number) {
    return new Origin("line " + number + " of " + file);
  }

  static Origin environment(String variable) {
    return new Origin("the environment variable " + variable);
  }

  /** An option of the command line, such as {@code --set}. */
  public static Origin option(String name) {
    return new Origin(name);
  }

  @Override
  public String toString() {
    return words;
  }
}
