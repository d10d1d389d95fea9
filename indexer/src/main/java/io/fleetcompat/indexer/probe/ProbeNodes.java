package io.fleetcompat.indexer.probe;

/** The names, within the topology, of the stores and sinks of {@link ProbeProcessor}. */
public final class ProbeNodes {

  /** Store: profile → content, of those that have a part in questions. */
  public static final String PROFILE_STORE = "probe-profiles";

  /** Store: host → its endpoints, of those that ask drivers. */
  public static final String PROBER_STORE = "probe-hosts";

  /** Store: pair → the question that nobody has answered yet. */
  public static final String OPEN_STORE = "probe-open";

  /** Store: pair → what drivers answered. */
  public static final String VERDICT_STORE = "probe-verdicts";

  /** Store: pair → what drivers answered, and who was asked in vain since. */
  public static final String INCONCLUSIVE_STORE = "probe-inconclusive";

  /** Store: next number of a question. */
  public static final String META_STORE = "probe-meta";

  /** Sink of questions. */
  public static final String REQUESTS = "probe-requests";

  /** Sink of what drivers answered. */
  public static final String VERDICTS = "probe-verdicts-out";

  /** Sink of changes. */
  public static final String CHANGES = "changes-of-answers";

  /** Sink of what could not be used. */
  public static final String REJECTED = "rejected-probes";

  private ProbeNodes() {}
}
