package io.fleetcompat.inventory;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cards of a host that several parents of types share, as the links {@code physfn} of virtual
 * functions tell them: all functions of one draw on what it has. Immutable.
 *
 * @param physicalOf the physical function of each virtual one that offers types, by their names
 */
public record SharedCards(SortedMap<String, String> physicalOf) {

  /** The cards of a host where no virtual function offers types, as far as anybody tells. */
  public static final SharedCards NONE = new SharedCards(Collections.emptySortedMap());

  public SharedCards {
    physicalOf = Collections.unmodifiableSortedMap(new TreeMap<>(physicalOf));
  }

  /** The physical function of a parent; empty where it is not known to be a virtual one. */
  public Optional<String> physicalOf(String parent) {
    return Optional.ofNullable(physicalOf.get(parent));
  }
}
