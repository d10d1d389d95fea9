package io.fleetcompat.collector.sysfs;

import io.fleetcompat.schemas.Limits;

/**
 * The bounds on how much of one host is read. What is beyond a bound is refused, counted and
 * reported; the rest is still indexed.
 *
 * @param depth deepest directory below {@code devices} that is looked into
 * @param nodes directories that one scan looks into
 * @param entries entries of one directory
 * @param endpoints endpoints, and other PCI functions; at most {@link Limits#ENDPOINTS}
 * @param attributes attributes of all endpoints together
 * @param bytes what endpoints, functions, drivers and facts take in the document, in UTF-8 with all
 *     that belongs to them; at most {@link #MAX_BYTES}, so that every document fits its record
 * @param memory what endpoints take while they are read, in bytes of the heap, about
 */
public record Bounds(
    int depth, int nodes, int entries, int endpoints, int attributes, int bytes, long memory) {

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

  /**
   * The part of the heap that one document may take: it is there several times while it is sent.
   */
  private static final int HEAP_PER_BYTES = 16;

  /** The part of the heap that endpoints may take while they are read. */
  private static final int HEAP_PER_MEMORY = 6;

  /** The bounds of a process with the heap that this one has. */
  public static final Bounds DEFAULT =
      new Bounds(
          32,
          200_000,
          16_384,
          Limits.ENDPOINTS,
          65_536,
          bytes(Runtime.getRuntime().maxMemory()),
          memory(Runtime.getRuntime().maxMemory()));

  public Bounds {
    requirePositive("depth", depth);
    requirePositive("nodes", nodes);
    requirePositive("entries", entries);
    requirePositive("endpoints", endpoints);
    requirePositive("attributes", attributes);
    requirePositive("bytes", bytes);
    requirePositive("memory", memory);
    if (endpoints > Limits.ENDPOINTS) {
      throw new IllegalArgumentException(
          "expected bounds.endpoints of at most " + Limits.ENDPOINTS + ", found " + endpoints);
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "expected bounds.bytes of at most " + MAX_BYTES + ", found " + bytes);
    }
  }

  /** Bounds of which endpoints and memory are not among. */
  public Bounds(int depth, int nodes, int entries, int attributes, int bytes) {
    this(depth, nodes, entries, Limits.ENDPOINTS, attributes, bytes, Long.MAX_VALUE);
  }

  /** The bytes that a document may have in a heap of that size. */
  static int bytes(long heap) {
    return Math.clamp(heap / HEAP_PER_BYTES, 1, MAX_BYTES);
  }

  /** The memory that endpoints may take in a heap of that size. */
  static long memory(long heap) {
    return Math.max(1, heap / HEAP_PER_MEMORY);
  }

  /** Half of all that endpoints may take: for a heap that these were too much for. */
  public Bounds halved() {
    return new Bounds(
        depth,
        nodes,
        entries,
        Math.max(1, endpoints / 2),
        Math.max(1, attributes / 2),
        Math.max(1, bytes / 2),
        Math.max(1, Math.min(memory, memory(Runtime.getRuntime().maxMemory())) / 2));
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "expected bounds." + name + " of at least 1, found " + value);
    }
  }
}
