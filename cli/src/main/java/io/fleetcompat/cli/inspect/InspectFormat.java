package io.fleetcompat.cli.inspect;

/** The form in which a look at a host is printed. */
public enum InspectFormat {
  /** The form for people. */
  text,
  /** The form for programs. */
  json,
  /** The same, as YAML. */
  yaml,
  /** An archive of just what was read. */
  tar
}
