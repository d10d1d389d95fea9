package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import java.util.Map;

/**
 * The bytes of the heap that parts of a reading take, about: objects with their headers, and a byte
 * for each character. Pure.
 */
final class EndpointMemory {

  /** An endpoint with its name, in all maps that have it; a type without its parent. */
  static final int ENDPOINT = 480;

  /** A parent of types, with its name. */
  static final int PARENT = 256;

  /** A list of types without its types. */
  static final int LIST = 128;

  /** A type in a list that others have, too. */
  static final int REFERENCE = 8;

  /** A number of instances, where no other parent has an equal map of them. */
  static final int NUMBER = 80;

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
