package io.fleetcompat.collector.fleet;

import java.nio.file.Path;

/**
 * A host of a fleet directory.
 *
 * @param name what it is called everywhere else
 * @param folder where it is
 * @param document what its {@code host.json} says
 */
public record FleetHost(String name, Path folder, HostDocument document) {

  String folderName() {
    return String.valueOf(folder.getFileName());
  }

  /** Its sysfs root. */
  public Path sys() {
    return folder.resolve("sys");
  }

  /** A copy of its {@code /proc}; it need not exist. */
  public Path proc() {
    return folder.resolve("proc");
  }

  /** The directory of its {@code *.facts} files; it need not exist. */
  public Path facts() {
    return folder.resolve("facts.d");
  }
}
