package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.inventory.EndpointName;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Entries that the kernel lists and no reader has seen: a tree that was copied without what its
 * links lead to does not say that the host has nothing. Read after all others.
 */
final class LostEntries implements EndpointReader {

  private final MdevParentSearch parents;
  private final MdevBus devices;

  LostEntries(MdevParentSearch parents, MdevBus devices) {
    this.parents = parents;
    this.devices = devices;
  }

  @Override
  public void read(HostFindings findings) {
    Set<String> walked = parents.elsewhere().stream().map(Node::name).collect(Collectors.toSet());
    parents
        .lost()
        .forEach(
            (name, why) -> {
              if (!walked.contains(name)) {
                findings.setIncomplete(name, why);
              }
            });
    devices
        .lost()
        .forEach(
            (uuid, why) -> {
              if (!findings.contains(EndpointName.device(uuid))) {
                findings.setIncomplete(uuid, why);
              }
            });
  }
}
