package io.fleetcompat.collector.sysfs.readers;

import static io.fleetcompat.collector.sysfs.readers.ReadHost.only;
import static io.fleetcompat.collector.sysfs.readers.ReadHost.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The spellings of the migration interface (docs/rules.md 3.2). */
class MigrationInterfaceTest extends SysfsOnDisk {

  @Test
  void theMigrationInterfaceIsReadInEverySpelling() {
    String device = NODE + "/" + UUID + "/";
    disk.parent(BDF)
        .device(BDF, UUID, "i915-GVTg_V5_4")
        .file(device + "migration/self/type", "a\n")
        .file(device + "migration/compatible/type", "a\nb\n")
        .file(device + "migration/compatible/0/type", "c\n")
        .directory(device + "migration/compatible/1")
        .file(device + "migration/compatible/other/type", "d\n")
        .file(device + "migration_compatible", "x".repeat(5000))
        .file(device + "migration_version", "v\n");
    assertThat(only(disk, EndpointKind.MDEV_DEVICE).own().byPath())
        .isEqualTo(
            Map.of(
                "migration/self", Attribute.DIRECTORY,
                "migration/self/type", new Attribute.Text("a"),
                "migration/compatible", Attribute.DIRECTORY,
                "migration/compatible/type", new Attribute.Text("a\nb"),
                "migration/compatible/0", Attribute.DIRECTORY,
                "migration/compatible/0/type", new Attribute.Text("c"),
                "migration/compatible/1", Attribute.DIRECTORY,
                "migration_compatible", new Attribute.Text("x".repeat(5000)),
                "migration_version", new Attribute.Text("v")));
  }

  @Test
  void anInterfaceThatCannotBeLookedIntoIsUnreadableNotAbsent() {
    String device = NODE + "/" + UUID + "/";
    disk.parent(BDF)
        .directory(device)
        .link("bus/mdev/devices/" + UUID, "../../../" + NODE + "/" + UUID)
        .link(device + "mdev_type", "mdev_type")
        .link(device + "migration", "/etc");
    Endpoint endpoint = read(disk).endpoints().getFirst();
    assertThat(endpoint.own().get("migration/self")).isEqualTo(new Attribute.Unreadable("EXDEV"));
    assertThat(endpoint.own().get("migration/compatible"))
        .isEqualTo(new Attribute.Unreadable("EXDEV"));
    assertThat(endpoint.type().get("mdev_type")).isEqualTo(new Attribute.Unreadable("ELOOP"));
    assertThat(endpoint.mdevType()).as("a link that leads nowhere names no type").isEmpty();
  }
}
