package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that the lists of a record offer, each of them once; a list is not written out for its
 * parents. For one thread.
 */
final class OfferedNames {

  private final Map<String, Set<String>> byParent = new HashMap<>();

  /** The parents that several lists have, with names of their own. */
  private final Set<String> several = new HashSet<>();

  /**
   * Adds a list that parents offer.
   *
   * @param types by the names of the types alone, each once
   */
  void add(List<String> parents, Collection<String> types) throws BadRecordException {
    Set<String> list = Set.copyOf(types);
    for (String type : list) {
      if (type.indexOf('/') >= 0) {
        throw new BadRecordException(Code.INVALID, "a type without its parent", type);
      }
    }
    for (String parent : parents) {
      Set<String> before = byParent.putIfAbsent(parent, list);
      if (before != null) {
        addTo(parent, before, list);
      }
    }
  }

  private void addTo(String parent, Set<String> before, Set<String> list)
      throws BadRecordException {
    Set<String> all = several.add(parent) ? new HashSet<>(before) : before;
    for (String type : list) {
      if (!all.add(type)) {
        throw twice(parent + "/" + type);
      }
    }
    byParent.put(parent, all);
  }

  /** Refuses whole names that a list has already. */
  void requireNone(Collection<String> names) throws BadRecordException {
    for (String name : names) {
      int slash = name.indexOf('/');
      if (slash >= 0
          && byParent
              .getOrDefault(name.substring(0, slash), Set.of())
              .contains(name.substring(slash + 1))) {
        throw twice(name);
      }
    }
  }

  private static BadRecordException twice(String name) {
    return new BadRecordException(Code.INVALID, "each endpoint once", Quoted.of(name) + " twice");
  }
}
