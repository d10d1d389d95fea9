package io.fleetcompat.cli;

import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}: our version, and that of the Java that runs it. */
final class VersionText implements IVersionProvider {

  private VersionText() {}

  @Override
  public String[] getVersion() {
    String ours = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "fleetcompat " + (ours == null ? "(from classes)" : ours), "java " + Runtime.version()
    };
  }
}
