package io.fleetcompat.indexer.place;

/** The names, within the topology, of the stores and sinks of {@link PlaceProcessor}. */
public final class PlaceNodes {

  /** Store: host → placement. */
  public static final String HOST_STORE = "hosts";

  /** Store: host → its endpoints, of those that ask drivers. */
  public static final String PROBER_STORE = "probing-hosts";

  /** Store: host → what it brings to its pool, as it was told. */
  public static final String POOL_STORE = "told-pool-hosts";

  /** Store: host → its newest capacity. */
  public static final String CAPACITY_STORE = "capacities";

  /** Store: what tells changes that placements do not show; {@link HistoryNotes}. */
  public static final String NOTE_STORE = "history-notes";

  /** Store: host → the generations of its key that count. */
  public static final String KEY_STORE = "host-keys";

  /** Store: host → the newest that was heard with its key's mark. */
  public static final String MARK_STORE = "heard-marks";

  /** Sink of changes. */
  public static final String CHANGES = "changes-of-hosts";

  /** Sink of what hosts bring to their pools. */
  public static final String POOL_HOSTS = "pool-members-out";

  /** Sink of hosts that ask drivers. */
  public static final String PROBERS = "probers-out";

  /** Sink of placements. */
  public static final String PLACEMENTS = "placements";

  /** Sink of the census. */
  public static final String CENSUS = "census-out";

  /** Sink of what could not be used. */
  public static final String REJECTED = "rejected-hosts";

  private PlaceNodes() {}
}
