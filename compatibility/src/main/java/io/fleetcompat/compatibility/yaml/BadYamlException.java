package io.fleetcompat.compatibility.yaml;

/** The refusal of a YAML file, with the file, the line, what was expected and what was found. */
public final class BadYamlException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String expected;
  private final String found;

  public BadYamlException(String file, int line, String expected, String found) {
    super(file + ":" + line + ": expected " + expected + ", found " + found);
    this.file = file;
    this.line = line;
    this.expected = expected;
    this.found = found;
  }

  /** The name under which the file was given. */
  public String file() {
    return file;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }

  public String expected() {
    return expected;
  }

  public String found() {
    return found;
  }

  /** The whole sentence: {@code FILE:LINE: expected …, found …}. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
