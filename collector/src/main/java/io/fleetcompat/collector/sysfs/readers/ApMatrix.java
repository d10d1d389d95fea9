package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.FullPage;
import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import java.util.List;
import java.util.SortedMap;

/**
 * {@code <uuid>/{matrix,control_domains,migratable}} of a vfio-ap mdev
 * (Documentation/arch/s390/vfio-ap.rst): the adapters and domains that a guest gets. {@code
 * migratable} is of a patch series that was not merged: nothing depends on it. For one thread.
 */
final class ApMatrix {

  private static final String MATRIX = "matrix";
  private static final List<String> OWN = List.of(MATRIX, "control_domains", "migratable");
  private static final String DEVICE_API = "device_api";
  private static final Attribute AP = new Attribute.Text("vfio-ap");

  private static final Attribute CUT = new Attribute.Malformed(FullPage.DETAIL);

  private final Scan scan;

  ApMatrix(Scan scan) {
    this.scan = scan;
  }

  /** Adds them to the attributes of a device whose type is of vfio-ap. */
  void read(Node node, Attributes type, SortedMap<String, Attribute> own) {
    if (type.get(DEVICE_API).equals(AP)) {
      own.putAll(scan.read(node, OWN));
      own.computeIfPresent(MATRIX, (_, matrix) -> isFull(matrix) ? CUT : matrix);
    }
  }

  /** True where the last row may be a part of one: the kernel cuts at the end of the page. */
  private static boolean isFull(Attribute matrix) {
    return matrix instanceof Attribute.Text(String rows) && FullPage.isFilledBy(rows);
  }
}
