package io.fleetcompat.collector.sysfs;

/**
 * How much of one host is read. What is beyond a bound is refused, counted and reported; the rest
 * is still indexed.
 *
 * @param depth deepest directory below {@code devices} that is looked into
 * @param nodes directories that one scan looks into
 * @param entries entries of one directory
 * @param attributes attributes of all endpoints together
 * @param bytes names, paths and texts of all endpoints together, in UTF-16 units; below {@link
 *     io.fleetcompat.schemas.Topics#MAX_RECORD_BYTES}, so that a document fits its record
 */
public record Bounds(int depth, int nodes, int entries, int attributes, int bytes) {

  /** An attribute's text: PAGE_SIZE. */
  public static final int ATTRIBUTE_BYTES = 4096;

  /** The file forms of the self-compatible facet, and files of facts. */
  public static final int FILE_BYTES = 64 << 10;

  public static final Bounds DEFAULT = new Bounds(32, 200_000, 16_384, 65_536, 3 << 20);

  public Bounds {
    requirePositive("depth", depth);
    requirePositive("nodes", nodes);
    requirePositive("entries", entries);
    requirePositive("attributes", attributes);
    requirePositive("bytes", bytes);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "expected bounds." + name + " of at least 1, found " + value);
    }
  }
}
