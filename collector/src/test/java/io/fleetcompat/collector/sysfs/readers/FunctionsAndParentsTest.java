package io.fleetcompat.collector.sysfs.readers;

import static io.fleetcompat.collector.sysfs.readers.ReadHost.only;
import static io.fleetcompat.collector.sysfs.readers.ReadHost.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Driver;
import org.junit.jupiter.api.Test;

/** The PCI functions and parent devices that are endpoints (docs/rules.md 2). */
class FunctionsAndParentsTest extends SysfsOnDisk {

  @Test
  void functionsAreEndpointsByInterfaceOrVfOrVfioDriver() {
    disk.parent("0000:01:00.0")
        .parent("0000:01:00.1")
        .link("devices/pci0000:00/0000:01:00.1/physfn", "../0000:01:00.0")
        .parent("0000:01:00.2")
        .link("devices/pci0000:00/0000:01:00.2/driver", "../../../bus/pci/drivers/mlx5_vfio_pci")
        .parent("0000:01:00.3")
        .directory("devices/pci0000:00/0000:01:00.3/vfio-dev/vfio0")
        .parent("0000:01:00.4")
        .file("devices/pci0000:00/0000:01:00.4/migration_version", "v\n")
        .parent("0000:01:00.5")
        .file("devices/pci0000:00/0000:01:00.5/version", "not of a function\n");
    HostReading reading = read(disk);
    assertThat(reading.endpoints())
        .extracting(endpoint -> endpoint.name().toString())
        .containsExactly("0000:01:00.1", "0000:01:00.2", "0000:01:00.3", "0000:01:00.4");
    assertThat(reading.functions()).containsExactly("0000:01:00.0", "0000:01:00.5");
    assertThat(reading.drivers()).extracting(Driver::name).containsExactly("mlx5_vfio_pci");
  }

  @Test
  void aCssParentWithAnInterfaceOfItsOwnIsADevice() {
    String node = "devices/css0/0.0.0313";
    disk.file(node + "/mdev_supported_types/vfio_ccw-io/device_api", "vfio-ccw\n")
        .link("class/mdev_bus/0.0.0313", "../../" + node)
        .link("bus/css/devices/0.0.0313", "../../../" + node)
        .file(node + "/migration_version", "v\n");
    assertThat(only(disk, EndpointKind.PARENT_DEVICE).name())
        .isEqualTo(EndpointName.device("0.0.0313"));
  }
}
