package io.fleetcompat.cli.output;

/** The form in which an answer is printed. */
public enum Format {
  /** The form for people. */
  text,
  /** The form for programs: what the API answered. */
  json,
  /** The same, as YAML. */
  yaml
}
