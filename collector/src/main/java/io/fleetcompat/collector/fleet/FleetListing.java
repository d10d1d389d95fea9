package io.fleetcompat.collector.fleet;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The findings of one look at a fleet directory.
 *
 * @param hosts the hosts by name
 * @param problems why a folder is no host (or keeps what it said before), by folder
 * @param folders names of all folders that were looked at
 */
public record FleetListing(
    SortedMap<String, FleetHost> hosts,
    SortedMap<String, Problem> problems,
    SortedSet<String> folders) {

  public FleetListing {
    hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    problems = Collections.unmodifiableSortedMap(new TreeMap<>(problems));
    folders = Collections.unmodifiableSortedSet(new TreeSet<>(folders));
  }

  /** The reasons why a folder is no host; their spelling is stable. */
  public enum Code {
    /** Its document is not what it should be. */
    MALFORMED(true),
    /** Its document is larger than is read. */
    TOO_LARGE(true),
    /** Its document, or its tree, cannot be read. */
    UNREADABLE(true),
    /** It would have a name that is no host's. */
    BAD_NAME(true),
    /** Another folder has the host's name. */
    NAME_TAKEN(false),
    /** It is a link. */
    LINK(false),
    /** It has no tree. */
    NO_SYSFS(false);

    private final String spelling = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final boolean documentUnknown;

    Code(boolean documentUnknown) {
      this.documentUnknown = documentUnknown;
    }

    /** The spelling: {@code name-taken}. */
    @Override
    public String toString() {
      return spelling;
    }
  }

  /**
   * The reason why a folder is no host.
   *
   * @param detail what was expected, and what was found
   */
  public record Problem(Code code, String detail) {

    /** True where the folder may still be the host that it was: its document cannot be read now. */
    boolean mayStillBeHost() {
      return code.documentUnknown;
    }
  }
}
