package io.fleetcompat.cli.output;

/** How an answer is printed. */
public enum Format {
  /** For people. */
  text,
  /** For programs: what the API answered. */
  json,
  /** The same, as YAML. */
  yaml
}
