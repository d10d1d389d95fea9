package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Scan;
import java.util.Map;
import java.util.TreeMap;

/** {@code bus/mdev/devices/<uuid>}: the mdev devices that the kernel lists. */
final class MdevBus implements EndpointReader {

  private final Scan scan;
  private final MdevDevice device;
  private final Map<String, String> lost = new TreeMap<>();

  MdevBus(Scan scan, MdevDevice device) {
    this.scan = scan;
    this.device = device;
  }

  @Override
  public void read(HostFindings findings) {
    scan.each(
        "bus/mdev/devices", (name, node) -> findings.add(device.read(name, node), node), lost::put);
  }

  /** Those that the bus lists and that could not be looked at, by UUID, and why. */
  Map<String, String> lost() {
    return lost;
  }
}
