package io.fleetcompat.cli.output;

/** One word of a shell's command line, as it can be pasted. */
public final class ShellWord {

  private static final String SAFE = "[A-Za-z0-9_./:%@=,+-]+";

  private ShellWord() {}

  /** The word, in quotes where a shell would take it for something else. */
  public static String of(String word) {
    return word.matches(SAFE) && !word.startsWith("=")
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }
}
