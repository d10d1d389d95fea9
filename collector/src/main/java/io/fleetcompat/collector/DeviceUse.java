package io.fleetcompat.collector;

import io.fleetcompat.collector.proc.OpenDevices;
import io.fleetcompat.collector.proc.ProcessScan;
import io.fleetcompat.collector.sysfs.readers.VfioDevices;
import io.fleetcompat.collector.sysfs.readers.VfioDevices.Openable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The looks at which of a host's devices a process has open. One look at a time. */
final class DeviceUse {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceUse.class);

  private final String host;
  private final VfioDevices devices;
  private final ProcessScan processes;
  private final Consumer<SortedMap<String, Boolean>> listener;
  private boolean lacks;

  /**
   * @param listener hears after each look which devices are in use (true) and which are free;
   *     devices of which nobody knows are missing
   */
  DeviceUse(
      String host,
      VfioDevices devices,
      ProcessScan processes,
      Consumer<SortedMap<String, Boolean>> listener) {
    this.host = host;
    this.devices = devices;
    this.processes = processes;
    this.listener = listener;
  }

  /** Looks; at no process where the host has no device of VFIO. A look that fails tells nothing. */
  synchronized void look() {
    SortedMap<String, Boolean> uses = Collections.emptySortedMap();
    try {
      uses = uses(devices.byName());
    } finally {
      listener.accept(uses);
    }
  }

  /**
   * @param known as they were before the look: what came meanwhile is for the next one
   */
  private SortedMap<String, Boolean> uses(SortedMap<String, Openable> known) {
    if (known.isEmpty()) {
      return Collections.emptySortedMap();
    }
    OpenDevices open = processes.look();
    if (!open.isComplete() && !lacks) {
      LOG.info(
          "{}: of devices that no process was seen to have open it is not known whether they are"
              + " free: {}; in-use.conf beside the unit lets it see them (docs/operations.md)",
          host,
          open.lack().orElse(""));
    }
    lacks = !open.isComplete();
    return VfioDevices.uses(known, open.nodes(), open.devices(), open.isComplete());
  }
}
