package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.HostReading.Driver;

/** The bytes that parts of a host's document take at most when they travel, in Avro. Pure. */
public final class DocumentSize {

  /** A length, count or index: what fits a record has a number below 2^27. */
  private static final int NUMBER = 4;

  /** An enum or a union's branch. */
  private static final int CHOICE = 1;

  private DocumentSize() {}

  /** An endpoint without its contents, which may be shared. */
  public static long of(Endpoint endpoint) {
    return of(endpoint.name().toString())
        + CHOICE
        + CHOICE
        + endpoint.mdevType().map(DocumentSize::of).orElse(0L)
        + (long) NUMBER * endpoint.contents().size();
  }

  public static long of(Attributes content) {
    long size = 2 * NUMBER;
    for (var entry : content.byPath().entrySet()) {
      size += of(entry.getKey()) + CHOICE + of(entry.getValue());
    }
    return size;
  }

  private static long of(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text(String value) -> of(value);
      case Attribute.Malformed(String problem) -> of(problem);
      case Attribute.Unreadable(String errno) -> of(errno);
      case Attribute.Directory _, Attribute.Absent _ -> NUMBER;
    };
  }

  public static long of(Driver driver) {
    return of(driver.name())
        + 2 * CHOICE
        + driver.version().map(DocumentSize::of).orElse(0L)
        + driver.srcversion().map(DocumentSize::of).orElse(0L);
  }

  /** A string: its bytes in UTF-8, not its characters. */
  public static long of(String text) {
    long size = NUMBER;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Half of a pair takes 2 of the pair's 4 bytes; alone it becomes a question mark.
      size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return size;
  }
}
