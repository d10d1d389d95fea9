package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.VersionAttribute;
import io.fleetcompat.inventory.EndpointName;
import java.util.Map;
import java.util.Optional;

/**
 * The version attributes that the newest scan of a host has read: the only ones that a string may
 * ever be written to. One thread scans; any may ask.
 */
public final class VersionAttributes {

  private volatile Map<EndpointName, VersionAttribute> newest = Map.of();

  void learn(HostFindings findings) {
    newest = findings.versions();
  }

  /** The attribute of an endpoint; empty where the newest scan read none. */
  public Optional<VersionAttribute> find(EndpointName endpoint) {
    return Optional.ofNullable(newest.get(endpoint));
  }
}
