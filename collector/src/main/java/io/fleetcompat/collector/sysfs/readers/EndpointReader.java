package io.fleetcompat.collector.sysfs.readers;

/**
 * A reader of one place of a host's sysfs, which adds the endpoints that it finds there. They are
 * an interface so that {@link HostScan} can show their order, which decides what the bounds cut
 * off.
 */
interface EndpointReader {

  void read(HostFindings findings);
}
