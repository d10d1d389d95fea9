package io.fleetcompat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.fleet.FleetDirectory;
import io.fleetcompat.collector.sysfs.readers.FactCatalogue;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFleetTest {

  private static final String VF = "0000:3b:00.4";

  @TempDir Path fleet;

  @Test
  void aHostHasTheFactsBesideItsTree() throws IOException {
    Path host = fleet.resolve("h");
    SysfsTrees.write(
        host.resolve("sys"),
        new TreeMap<>(Map.of("devices/pci0000:3a/" + VF + "/vendor", "0x15b3\n")),
        Map.of(
            "bus/pci/devices/" + VF,
            "../../../devices/pci0000:3a/" + VF,
            "devices/pci0000:3a/" + VF + "/driver",
            "../../../bus/pci/drivers/mlx5_vfio_pci"));
    Files.createDirectories(host.resolve("sys/bus/pci/drivers/mlx5_vfio_pci"));
    Path facts = Files.createDirectories(host.resolve("facts.d"));
    Files.writeString(
        facts.resolve("a.facts"), "host.os_id=rhel\nmlx5.migratable." + VF + "=enable\n");
    DiskFleet disk = DiskFleet.read(new FleetDirectory(fleet), FactCatalogue.OPEN);
    Endpoint function = disk.endpoint("h", VF).orElseThrow();
    assertThat(function.host().facts().get("host.os_id")).isEqualTo(new Attribute.Text("rhel"));
    assertThat(function.related().facts().get("mlx5.migratable"))
        .isEqualTo(new Attribute.Text("enable"));
  }
}
