package io.fleetcompat.collector.sysfs.readers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names that the lists of a card's VFs give the numbers of types. A number with several of them
 * has none: which of them is right is not to be guessed. For one thread.
 */
final class VgpuNames {

  private final Map<Card, SortedMap<String, String>> names = new HashMap<>();
  private final Map<Card, SortedSet<String>> contradicted = new HashMap<>();

  /** Adds the list of one VF of the card. */
  void add(Card card, VgpuList list) {
    SortedSet<String> several = contradicted.computeIfAbsent(card, added -> new TreeSet<>());
    several.addAll(list.contradicted());
    SortedMap<String, String> known = names.computeIfAbsent(card, added -> new TreeMap<>());
    list.names()
        .forEach(
            (number, name) -> {
              if (!known.computeIfAbsent(number, added -> name).equals(name)) {
                several.add(number);
              }
            });
  }

  /** The numbers with several names, in the list of one VF or in those of its card's VFs. */
  SortedSet<String> contradicted(Optional<Card> card, VgpuList list) {
    return card.map(known -> contradicted.getOrDefault(known, new TreeSet<>()))
        .orElse(list.contradicted());
  }
}
