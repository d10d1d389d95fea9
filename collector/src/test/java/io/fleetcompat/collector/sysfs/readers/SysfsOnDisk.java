package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.TreeOnDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A host's sysfs in a temporary directory, empty at first, and the paths of its graphics card. */
abstract class SysfsOnDisk {

  static final String BDF = "0000:00:02.0";
  static final String UUID = "882cc4da-dede-11e7-9180-078a62063ab1";
  static final String NODE = "devices/pci0000:00/" + BDF;
  static final String TYPE = NODE + "/mdev_supported_types/i915-GVTg_V5_4";

  @TempDir Path directory;
  TreeOnDisk disk;

  @BeforeEach
  void root() throws IOException {
    disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
  }
}
