package io.fleetcompat.simulation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One release of a simulated driver.
 *
 * @param version {@code major.minor.bugfix}
 * @param interfaceVersion version of its migration stream; each accepts those before it, of the
 *     same major
 * @param oldest the oldest interface version it accepts
 */
record DriverRelease(String version, int interfaceVersion, int oldest) {

  static final List<DriverRelease> ALL =
      List.of(
          new DriverRelease("1.2.0", 1, 1),
          new DriverRelease("1.2.1", 1, 1),
          new DriverRelease("1.3.0", 2, 1),
          new DriverRelease("1.3.1", 2, 1),
          new DriverRelease("1.4.0", 3, 1),
          new DriverRelease("2.0.0", 4, 4));

  static final int LAST = ALL.size() - 1;

  /** PCI ids that this release can restore: each interface version adds one. */
  String pciIds(String own) {
    return IntStream.range(0, interfaceVersion - oldest + 1)
        .mapToObj(i -> "%04x".formatted(Integer.parseInt(own, 16) - i))
        .collect(Collectors.joining(", "));
  }

  /** A srcversion as modpost makes it: 23 or 24 hexadecimal digits. */
  String srcversion(String driver) {
    return "%08X%08X%07X"
        .formatted(
            driver.hashCode(), (driver + version).hashCode(), version.hashCode() & 0xfffffff);
  }
}
