package io.fleetcompat.compatibility.yaml;

/**
 * A fault of a YAML file, or of a setting that chooses among what one says.
 *
 * @param file the name under which the file was given, or the setting
 * @param line from 1; 0 for a setting
 */
public record YamlProblem(String file, int line, String expected, String found) {

  /** The whole sentence: {@code FILE:LINE: expected …, found …}. */
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": expected " + expected + ", found " + found;
  }
}
