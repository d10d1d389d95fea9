package io.fleetcompat.compatibility.override;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** The overrides that are replaced by others, and those that replace each other in a circle. */
final class Replacements {

  private final SortedSet<String> replaced = new TreeSet<>();
  private final SortedSet<String> circular = new TreeSet<>();

  Replacements(Collection<RuleOverride> overrides) {
    Map<String, String> next = new HashMap<>();
    overrides.forEach(each -> each.replaces().ifPresent(other -> next.put(each.id(), other)));
    replaced.addAll(next.values());
    SortedSet<String> seen = new TreeSet<>();
    for (String start : new TreeSet<>(next.keySet())) {
      follow(start, next, seen);
    }
  }

  /** Follows one chain to its end, to one that was seen before, or back into itself. */
  private void follow(String start, Map<String, String> next, SortedSet<String> seen) {
    SequencedSet<String> chain = new LinkedHashSet<>();
    String at = start;
    while (next.containsKey(at) && seen.add(at)) {
      chain.addLast(at);
      at = next.get(at);
    }
    boolean inside = false;
    for (String id : chain) {
      inside |= id.equals(at);
      if (inside) {
        circular.add(id);
      }
    }
  }

  boolean isReplaced(String id) {
    return replaced.contains(id);
  }

  boolean isCircular(String id) {
    return circular.contains(id);
  }
}
