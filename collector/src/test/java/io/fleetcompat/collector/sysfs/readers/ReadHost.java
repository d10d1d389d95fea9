package io.fleetcompat.collector.sysfs.readers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.HostReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The reading of a tree on disk, as tests ask for it. */
final class ReadHost {

  private ReadHost() {}

  static HostReading read(TreeOnDisk disk) {
    return read(disk, Bounds.DEFAULT);
  }

  static HostReading read(TreeOnDisk disk, Bounds bounds) {
    try (HostReader reader =
        new HostReader(
            SysfsTree.open(disk.root(), bounds, Duration.ofSeconds(10)),
            Optional.empty(),
            Optional.empty())) {
      return reader.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one endpoint of its kind. */
  static Endpoint only(TreeOnDisk disk, EndpointKind kind) {
    List<Endpoint> found =
        read(disk).endpoints().stream().filter(endpoint -> endpoint.kind() == kind).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  static Attributes texts(Map<String, String> values) {
    Map<String, Attribute> attributes = new TreeMap<>();
    values.forEach((path, value) -> attributes.put(path, new Attribute.Text(value)));
    return Attributes.of(attributes);
  }
}
