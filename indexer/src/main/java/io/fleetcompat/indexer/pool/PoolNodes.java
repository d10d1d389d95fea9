package io.fleetcompat.indexer.pool;

/** The names, within the topology, of the stores and sinks of {@link PoolProcessor}. */
public final class PoolNodes {

  /** Store: host → what it brings to its pool. */
  public static final String HOST_STORE = "pool-hosts";

  /** Store: topic and key → record, of all that verdicts depend on. */
  public static final String INPUT_STORE = "pool-inputs";

  /** Store: pool → its health, as it was told. */
  public static final String HEALTH_STORE = "pool-healths";

  /** Sink of the health of pools. */
  public static final String HEALTH = "pool-health-out";

  /** Sink of changes. */
  public static final String CHANGES = "changes-of-pools";

  /** Sink of what could not be used. */
  public static final String REJECTED = "rejected-pools";

  private PoolNodes() {}
}
