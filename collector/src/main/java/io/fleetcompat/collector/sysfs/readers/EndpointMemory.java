package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import java.util.Map;

/**
 * The bytes of the heap that parts of a reading take, about: objects with their headers, and a byte
 * for each character. Pure.
 */
final class EndpointMemory {

  /** An endpoint with its name, in all maps that have it. */
  static final int ENDPOINT = 256;

  private static final int CONTENT = 160;
  private static final int ATTRIBUTE = 160;

  private EndpointMemory() {}

  /** A content that is kept once. */
  static long of(Attributes content) {
    long size = CONTENT;
    for (Map.Entry<String, Attribute> attribute : content.byPath().entrySet()) {
      size += ATTRIBUTE + attribute.getKey().length();
      size += attribute.getValue() instanceof Attribute.Text(String value) ? value.length() : 0;
    }
    return size;
  }
}
