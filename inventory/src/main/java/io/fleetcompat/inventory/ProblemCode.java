package io.fleetcompat.inventory;

import java.util.Locale;

/** The kinds of problems that reading a host can meet; their spelling on the wire is stable. */
public enum ProblemCode {
  /** It is not what it should be. */
  MALFORMED,
  /** It is there and could not be read. */
  UNREADABLE,
  /** It, or all of its kind together, is more than is kept. */
  TOO_LARGE,
  /** It fills the page that the kernel has for it, so the rest of it may be cut. */
  TRUNCATED,
  /** There are more directories or entries than are looked at. */
  TOO_MANY_NODES,
  /** It lies deeper than is looked. */
  TOO_DEEP,
  /** A link leads out of the root. */
  OUTSIDE_ROOT,
  /** A link leads to nothing. */
  DANGLING_LINK;

  private final String spelling = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The spelling that is used everywhere: {@code too-many-nodes}. */
  @Override
  public String toString() {
    return spelling;
  }
}
