package io.fleetcompat.collector.watch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A message of the kernel's: {@code add@/devices/…} and {@code KEY=value} lines, each ended by a
 * NUL (lib/kobject_uevent.c).
 *
 * @param mdevState whether it has {@code MDEV_STATE}: a parent began or ceased to offer types
 */
public record Uevent(String action, String path, String subsystem, boolean mdevState) {

  /** Subsystems whose nodes the readers look at, and modules, whose versions they read. */
  private static final Set<String> WATCHED =
      Set.of(
          "mdev",
          "pci",
          "virtio",
          "vfio",
          "vfio-dev",
          "css",
          "ap",
          "vfio_ap",
          "platform",
          "vdpa",
          "drivers",
          "module");

  /** The event in these bytes; empty where they are none, such as udev's own messages. */
  public static Optional<Uevent> parse(byte[] message) {
    String[] parts = new String(message, StandardCharsets.UTF_8).split("\0", -1);
    int at = parts[0].indexOf('@');
    if (at <= 0 || !parts[0].startsWith("/", at + 1)) {
      return Optional.empty();
    }
    String subsystem = "";
    boolean mdevState = false;
    for (String part : List.of(parts).subList(1, parts.length)) {
      if (part.startsWith("SUBSYSTEM=")) {
        subsystem = part.substring("SUBSYSTEM=".length());
      }
      mdevState |= part.startsWith("MDEV_STATE=");
    }
    return Optional.of(
        new Uevent(parts[0].substring(0, at), parts[0].substring(at + 1), subsystem, mdevState));
  }

  /** True where the host's inventory may be another after this event. */
  public boolean isHint() {
    return mdevState || WATCHED.contains(subsystem);
  }
}
