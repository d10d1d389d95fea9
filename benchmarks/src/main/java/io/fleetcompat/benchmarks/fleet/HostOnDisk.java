package io.fleetcompat.benchmarks.fleet;

import io.fleetcompat.inventory.EndpointName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A host of the synthetic fleet as a sysfs tree with one card, for a real collector to read. */
public record HostOnDisk(Path root, int host) {

  private static final String PARENT = SyntheticFleet.parent(0);

  /** Writes the tree at a release. */
  public static HostOnDisk create(Path root, int host, int release) throws IOException {
    HostOnDisk created = new HostOnDisk(root, host);
    link(root.resolve("class/mdev_bus/" + PARENT), "../../devices/pci0000:3a/" + PARENT);
    link(root.resolve("bus/pci/devices/" + PARENT), "../../../devices/pci0000:3a/" + PARENT);
    Files.createDirectories(root.resolve("bus/mdev/devices"));
    write(created.parent().resolve("vendor"), "0x8086");
    write(created.parent().resolve("device"), "0x593" + SyntheticFleet.model(host));
    for (int type = 0; type < SyntheticFleet.TYPES; type++) {
      Path folder = created.type(type);
      for (Map.Entry<String, String> e :
          SyntheticFleet.typeAttributes(host, type, release).entrySet()) {
        write(folder.resolve(e.getKey()), e.getValue());
      }
      write(folder.resolve("available_instances"), "1");
      Files.createDirectories(folder.resolve("devices"));
    }
    return created;
  }

  /** The name of a type of it. */
  public String endpoint(int type) {
    return SyntheticFleet.host(host)
        + "/"
        + EndpointName.type(PARENT, SyntheticFleet.typeId(host, type));
  }

  /** Puts another version into one attribute, as a driver would: all at once. */
  public void setVersion(int type, String version) throws IOException {
    Path made = root.resolve(".made");
    write(made, version);
    Files.move(made, type(type).resolve("software_version"), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path parent() {
    return root.resolve("devices/pci0000:3a/" + PARENT);
  }

  private Path type(int type) {
    return parent().resolve("mdev_supported_types/" + SyntheticFleet.typeId(host, type));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  private static void link(Path link, String target) throws IOException {
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }
}
