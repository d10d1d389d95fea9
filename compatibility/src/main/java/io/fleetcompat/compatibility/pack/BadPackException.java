package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.yaml.BadYamlException;

/** The refusal of a rule pack, or of an option of one: where, what was expected and found. */
public final class BadPackException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String expected;
  private final String found;

  /**
   * @param file the pack's file, or the setting
   * @param line from 1; 0 for a setting
   */
  BadPackException(String file, int line, String expected, String found) {
    super(file + (line > 0 ? ":" + line : "") + ": expected " + expected + ", found " + found);
    this.file = file;
    this.line = line;
    this.expected = expected;
    this.found = found;
  }

  static BadPackException of(BadYamlException bad) {
    return new BadPackException(bad.file(), bad.line(), bad.expected(), bad.found());
  }

  public String file() {
    return file;
  }

  /** The line, from 1; 0 where it is no file. */
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
