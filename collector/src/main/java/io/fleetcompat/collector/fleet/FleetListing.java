package io.fleetcompat.collector.fleet;

import java.util.Collections;
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

  /**
   * @param code stable: {@code malformed}, {@code too-large}, {@code unreadable}, {@code bad-name},
   *     {@code name-taken}, {@code link}, {@code no-sysfs}
   * @param detail what was expected, and what was found
   */
  public record Problem(String code, String detail) {

    /** True where the folder may still be the host that it was: its document cannot be read now. */
    boolean hidesName() {
      return !code.equals("link") && !code.equals("no-sysfs") && !code.equals("name-taken");
    }
  }
}
