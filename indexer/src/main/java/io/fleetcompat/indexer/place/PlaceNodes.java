package io.fleetcompat.indexer.place;

/** The names, within the topology, of the stores and sinks of {@link PlaceProcessor}. */
public final class PlaceNodes {

  /** Store: host → placement. */
  public static final String HOST_STORE = "hosts";

  /** Store: profile → number of hosts. */
  public static final String COUNT_STORE = "profile-counts";

  /** Store: host → its endpoints, of those that ask drivers. */
  public static final String PROBER_STORE = "probing-hosts";

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
