package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Scan;

/** {@code bus/mdev/devices/<uuid>}: the mdev devices that the kernel lists. */
final class MdevBus implements EndpointReader {

  private final Scan scan;
  private final MdevDevice device;

  MdevBus(Scan scan, MdevDevice device) {
    this.scan = scan;
    this.device = device;
  }

  @Override
  public void read(HostFindings findings) {
    scan.each("bus/mdev/devices", (name, node) -> findings.add(device.read(name, node), node));
  }
}
