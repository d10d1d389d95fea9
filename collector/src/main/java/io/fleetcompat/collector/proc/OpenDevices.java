package io.fleetcompat.collector.proc;

import java.util.Optional;
import java.util.Set;

/**
 * The devices of VFIO that processes have open. Immutable.
 *
 * @param nodes names below {@code /dev/vfio}: a group ({@code 26}, {@code noiommu-3}) or a device
 *     ({@code devices/vfio3})
 * @param devices paths below {@code /sys}, as {@code fdinfo} names them (Linux 6.18,
 *     Documentation/filesystems/proc.rst, VFIO Device files)
 * @param lack why something else may be open: the first that was not seen; empty where every
 *     process of the machine was, with all that it has open
 */
public record OpenDevices(Set<String> nodes, Set<String> devices, Optional<String> lack) {

  public OpenDevices {
    nodes = Set.copyOf(nodes);
    devices = Set.copyOf(devices);
  }

  /** True where nothing else is open. */
  public boolean isComplete() {
    return lack.isEmpty();
  }
}
