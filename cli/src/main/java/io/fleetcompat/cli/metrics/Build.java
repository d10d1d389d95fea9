package io.fleetcompat.cli.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The build that runs: what {@code build.properties} says, which Maven writes beside the classes.
 *
 * @param version of the project, such as {@code 0.1.0-SNAPSHOT}
 * @param revision the commit, ending in {@code -dirty} where the tree was changed since
 */
public record Build(String version, String revision) {

  /** The word for what nobody knows: built without git, or by another tool than Maven. */
  private static final String UNKNOWN = "unknown";

  /** Reads it. */
  public static Build running() {
    Properties written = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        written.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(of(written, "version"), of(written, "revision"));
  }

  private static String of(Properties written, String name) {
    String value = written.getProperty(name, UNKNOWN);
    return value.isBlank() ? UNKNOWN : value;
  }
}
