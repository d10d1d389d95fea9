package io.fleetcompat.cli.output;

/** The form in which an answer is printed. */
public enum Format {
  /** For people. */
  text,
  /** For programs: what the API answered. */
  json,
  /** The same, as YAML. */
  yaml
}
