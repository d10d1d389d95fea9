package io.fleetcompat.cli;

import io.fleetcompat.cli.metrics.Build;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}: our version and revision, and that of the Java that runs it. */
final class VersionText implements IVersionProvider {

  private VersionText() {}

  @Override
  public String[] getVersion() {
    Build build = Build.running();
    return new String[] {
      "fleetcompat %s (revision %s)".formatted(build.version(), build.revision()),
      "java " + Runtime.version()
    };
  }
}
