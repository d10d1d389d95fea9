package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Extent;
import io.fleetcompat.schemas.avro.HostExtent;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The extent of a reading as it travels, and back. */
public final class ExtentRecord {

  private ExtentRecord() {}

  /** The record of a reading that has all there is. */
  public static HostExtent whole() {
    return of(Extent.WHOLE);
  }

  static HostExtent of(Extent extent) {
    SortedMap<String, Long> since = new TreeMap<>();
    extent.supportedSince().forEach((function, time) -> since.put(function, time.toEpochMilli()));
    return new HostExtent(new TreeMap<>(extent.incomplete()), extent.refused(), since);
  }

  /** The extent that a decoded record tells of. */
  public static Extent read(HostExtent extent) {
    SortedMap<String, Instant> since = new TreeMap<>();
    for (Map.Entry<String, Long> entry : extent.getSupportedSince().entrySet()) {
      since.put(entry.getKey(), Instant.ofEpochMilli(entry.getValue()));
    }
    return new Extent(new TreeMap<>(extent.getIncomplete()), extent.getRefused(), since);
  }
}
