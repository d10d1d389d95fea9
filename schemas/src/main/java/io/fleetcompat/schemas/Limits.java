package io.fleetcompat.schemas;

/**
 * The limits of what a record may hold. Who writes a record keeps them, and who reads one refuses
 * what breaks them; lengths of text are in characters unless they say otherwise.
 */
public final class Limits {

  /** Largest record accepted anywhere, in bytes. */
  public static final int RECORD_BYTES = 4 << 20;

  /** Most endpoints of a host, and most of its other PCI functions. */
  public static final int ENDPOINTS = 1 << 15;

  /** Most labels of a host. */
  public static final int LABELS = 64;

  /** All names and values of a host's labels together, in bytes. */
  public static final int LABEL_BYTES = 128 << 10;

  /** Most facts of a host, and most of its drivers. */
  public static final int FACTS = 4096;

  /** Most problems of a host that a reader accepts. */
  public static final int PROBLEMS = 4096;

  /** Most problems of a host that a collector sends; the rest stay in its log. */
  public static final int PROBLEMS_SENT = 256;

  /** Most endpoints that a document says have changed. */
  public static final int CHANGED_SENT = 64;

  /** Longest spelling of a rule set, and most policies of one. */
  public static final int RULE_SET = 512;

  /** Most files of rule packs of an operator's own, and most options of packs. */
  public static final int PACKS = 256;

  /** All files of rule packs together, in characters. */
  public static final int PACK_CHARACTERS = 1 << 20;

  /** Longest reason why rules are refused; the whole of it is in the indexer's log. */
  public static final int REFUSAL = 2048;

  /** Longest name of a label, fact or driver, longest mdev type id and kernel release. */
  public static final int WORD = 255;

  /** Most findings about one host. */
  public static final int FINDINGS = 16;

  /** Longest value of a label or fact. */
  public static final int VALUE = 4096;

  /** Longest path of an attribute below its node (PATH_MAX). */
  public static final int PATH = 4096;

  /** Longest words about what is wrong with an attribute; what is longer is cut. */
  public static final int PROBLEM = 4096;

  /** Longest text of an attribute: that of the file forms of {@code self-compatible}. */
  public static final int TEXT = 64 << 10;

  /**
   * Largest value that is put into a record, in bytes: the rest of it is for its key and the head
   * of its batch.
   */
  public static final int VALUE_BYTES = RECORD_BYTES - 4096;

  /**
   * All profiles that follow from one document, in bytes: the contents that they are made from and
   * their canonical forms, each different one once. A content may be shared by any number of
   * endpoints, so a small document could have huge profiles.
   */
  public static final long DOCUMENT_PROFILE_BYTES = 32 << 20;

  /** Longest opaque version, in bytes: what one {@code write(2)} hands to a driver whole. */
  public static final int OPAQUE_BYTES = 4095;

  /** Longest canonical form of a class of destinations that drivers are asked of. */
  public static final int PROBE_CLASS = 64 << 10;

  /** Most answers to one question that are kept. */
  public static final int PROBE_ANSWERS = 4;

  /** Longest words about an answer that is none. */
  public static final int PROBE_DETAIL = 512;

  /** Longest reason of an override. */
  public static final int OVERRIDE_REASON = 1024;

  /** Most families, and most stranded profiles, that a pool's health tells. */
  public static final int POOL_LISTED = 1000;

  /** Most reasons that a pool's health tells. */
  public static final int POOL_BLOCKERS = 20;

  /** Longest value and sentence of a reason that a pool's health tells; what is longer is cut. */
  public static final int POOL_WORDS = 1024;

  /** Most kinds of findings that a pool's health tells. */
  public static final int POOL_FINDINGS = 16;

  /** Most hosts that a finding of a pool, or an alert, names. */
  public static final int POOL_FINDING_HOSTS = 10;

  /** Longest sentences of an alert. */
  public static final int ALERT_WORDS = 4096;

  /** Longest reference to an endpoint or a host, each character encoded. */
  public static final int ENDPOINT_REFERENCE = 8192;

  /** Longest message of a hypervisor about a migration, and longest words about one. */
  public static final int OUTCOME_MESSAGE = 16 << 10;

  /** Most rules of one sort that the prediction of an outcome names. */
  public static final int OUTCOME_RULES = 1024;

  /** Largest canonical profile that an outcome holds, in bytes; a larger one is left out. */
  public static final int OUTCOME_CONTENT_BYTES = 512 << 10;

  /** Most values of a change, and most of one move; the rest are left out. */
  public static final int CHANGED_VALUES = 256;

  /** Longest value that a change tells; what is longer is cut. */
  public static final int CHANGED_VALUE = 1024;

  /** Most endpoints that a change names; the rest are counted. */
  public static final int CHANGED_NAMES = 1024;

  /** Largest value of before that a change holds, in bytes: beside it, all else fits. */
  public static final int CHANGED_BEFORE_BYTES = VALUE_BYTES - (1 << 20);

  private Limits() {}
}
