package io.fleetcompat.collector.sysfs;

/** The end of a path below the root, once its links are followed. */
sealed interface Resolution {

  /**
   * @param path the real path below the root, without links; empty for the root
   */
  record Found(String path, Stat stat) implements Resolution {}

  /** Nothing is there. */
  record Missing() implements Resolution {}

  /** A link leads to nothing. */
  record Dangling() implements Resolution {}

  /** A link leads out of the root. */
  record Outside() implements Resolution {

    /** The word of openat2(2) with RESOLVE_BENEATH for such a link. */
    static final String ERRNO = "EXDEV";
  }

  /** The kernel, or the bound on links, refused. */
  record Failed(int errno) implements Resolution {}
}
