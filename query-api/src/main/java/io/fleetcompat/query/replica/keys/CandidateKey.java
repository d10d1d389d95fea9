package io.fleetcompat.query.replica.keys;

/**
 * An endpoint as one long: how much capacity it has, its host's number, its index within the host.
 * In this order keys sort as candidates do, but for hosts, which sort by name: see {@link
 * KeyOrder}.
 */
public final class CandidateKey {

  /**
   * The capacity of endpoints that have none: devices, and types whose number could not be read.
   */
  public static final int NO_CAPACITY = -1;

  /** Most endpoints of a host that an index can hold. */
  public static final int MAX_ENDPOINTS = 1 << 15;

  private static final int INDEX_BITS = 15;
  private static final int HOST_BITS = 26;

  /** Most hosts that an index can tell apart. */
  public static final int MAX_HOSTS = 1 << HOST_BITS;

  private static final int HOST_SHIFT = INDEX_BITS;
  private static final int CAPACITY_SHIFT = INDEX_BITS + HOST_BITS;
  private static final int CAPACITY_TOP = (1 << 22) - 1;
  private static final long HOST_MASK = ((1L << HOST_BITS) - 1) << HOST_SHIFT;

  private CandidateKey() {}

  public static long of(int capacity, int host, int index) {
    return (capacityOrder(capacity) << CAPACITY_SHIFT) | ((long) host << HOST_SHIFT) | index;
  }

  public static int host(long key) {
    return (int) ((key & HOST_MASK) >>> HOST_SHIFT);
  }

  public static int index(long key) {
    return (int) (key & (MAX_ENDPOINTS - 1));
  }

  /** Smaller is more capacity. */
  public static long capacityOrder(long key) {
    return key >>> CAPACITY_SHIFT;
  }

  /** True where the capacity is so large that the key holds only this fact, and not the number. */
  public static boolean isBeyondCapacity(long key) {
    return capacityOrder(key) == 0;
  }

  /** The capacity, where it is not beyond what a key holds. */
  public static int capacity(long key) {
    return (int) (CAPACITY_TOP - 1L - capacityOrder(key));
  }

  /** The {@link #capacityOrder(long)} of a key with that capacity. */
  public static long capacityOrder(int capacity) {
    return CAPACITY_TOP - 1L - Math.min(capacity, CAPACITY_TOP - 1);
  }
}
