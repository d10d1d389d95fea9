package io.fleetcompat.collector.sysfs;

import io.fleetcompat.schemas.Limits;

/**
 * The bounds on how much of one host is read. What is beyond a bound is refused, counted and
 * reported; the rest is still indexed.
 *
 * @param depth deepest directory below {@code devices} that is looked into
 * @param nodes directories that one scan looks into
 * @param entries entries of one directory
 * @param attributes attributes of all endpoints together
 * @param bytes what endpoints, functions, drivers and facts take in the document, in UTF-8 with all
 *     that belongs to them; at most {@link #MAX_BYTES}, so that every document fits its record
 */
public record Bounds(int depth, int nodes, int entries, int attributes, int bytes) {

  /** An attribute's text: PAGE_SIZE. */
  public static final int ATTRIBUTE_BYTES = 4096;

  /** The file forms of the self-compatible facet, and files of facts. */
  public static final int FILE_BYTES = Limits.TEXT;

  /** The facts of one host and its devices, in memory. */
  public static final int FACT_BYTES = 1 << 20;

  /** The dynamic resources of a type whose values are read at each of its devices. */
  public static final int DYNAMIC_RESOURCES = 64;

  /** The directories of a device that are searched for values of dynamic resources. */
  public static final int VENDOR_GROUPS = 64;

  /** The bytes that the problems of one host may take in its document. */
  static final int PROBLEM_BYTES = 256 << 10;

  /** The room for what is not counted against {@code bytes}: problems, labels, names of changes. */
  private static final int RESERVED_BYTES = 1 << 20;

  /** The most that {@code bytes} may be. */
  public static final int MAX_BYTES = Limits.RECORD_BYTES - RESERVED_BYTES;

  public static final Bounds DEFAULT = new Bounds(32, 200_000, 16_384, 65_536, MAX_BYTES);

  public Bounds {
    requirePositive("depth", depth);
    requirePositive("nodes", nodes);
    requirePositive("entries", entries);
    requirePositive("attributes", attributes);
    requirePositive("bytes", bytes);
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "expected bounds.bytes of at most " + MAX_BYTES + ", found " + bytes);
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "expected bounds." + name + " of at least 1, found " + value);
    }
  }
}
