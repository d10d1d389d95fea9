package io.fleetcompat.indexer.judge;

/** The names, within the topology, of the stores and sinks of {@link JudgeProcessor}. */
public final class JudgeNodes {

  /** Store: partition/profile → census record. */
  public static final String CENSUS_STORE = "census";

  /** Store: profile → number and content. */
  public static final String PROFILE_STORE = "profiles";

  /** Store: rule set/profile → row. */
  public static final String ROW_STORE = "rows";

  /** Store: next number, rule sets with their generations, which is in force, which refused. */
  public static final String META_STORE = "judge-meta";

  /** Sink of profiles. */
  public static final String PROFILES = "profiles-out";

  /** Sink of rule sets, rows and generations. */
  public static final String MATRIX = "matrix";

  /** Sink of changes. */
  public static final String CHANGES = "changes-of-rules";

  /** Sink of what could not be used. */
  public static final String REJECTED = "rejected-census";

  private JudgeNodes() {}
}
