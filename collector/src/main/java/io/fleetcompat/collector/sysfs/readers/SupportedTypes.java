package io.fleetcompat.collector.sysfs.readers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The types that the cards of one host were seen to support, kept from look to look: a list of what
 * is creatable now shrinks when an instance is made, and the card has not changed by that. What was
 * seen under another driver, version or card is forgotten. Bounded; for one thread at a time.
 */
public final class SupportedTypes {

  /** Types remembered of all cards; a driver knows a few hundred. */
  static final int MAX_TYPES = 8192;

  /** Characters of all that is remembered, about: it stays in memory, and is one file. */
  public static final long MAX_SIZE = 512 << 10;

  private static final long CARD_SIZE = 256;
  private static final long TYPE_SIZE = 64;

  private final boolean remembers;
  private final SortedMap<String, Known> cards = new TreeMap<>();

  /** The keys of cards that were seen idle. */
  private final Set<String> idle = new HashSet<>();

  private int types;
  private long size;
  private boolean changed;

  /**
   * A card with its types.
   *
   * @param since when the first of its types was seen
   * @param idle whether it was seen while nothing ran on it: then these are all of its types
   */
  public record SeenCard(Card card, Instant since, boolean idle, SortedSet<SupportedType> types) {

    public SeenCard {
      types = Collections.unmodifiableSortedSet(new TreeSet<>(types));
    }
  }

  private record Known(Card card, Instant since, SortedMap<SupportedType, SupportedType> byId) {

    long size() {
      return CARD_SIZE + byId.values().stream().mapToLong(SupportedTypes::size).sum();
    }
  }

  private SupportedTypes(boolean remembers) {
    this.remembers = remembers;
  }

  /** A memory of one look at a tree: it adds no type to those that the tree lists. */
  public static SupportedTypes ofOneLook() {
    return new SupportedTypes(false);
  }

  /** A memory of all looks from now on, and of what was remembered before. */
  public static SupportedTypes remembering(Collection<SeenCard> before) {
    SupportedTypes types = new SupportedTypes(true);
    for (SeenCard seen : before) {
      types.learn(seen.card(), seen.types(), seen.since());
      if (seen.idle()) {
        types.seeIdle(seen.card());
      }
    }
    types.changed = false;
    return types;
  }

  /**
   * Remembers types that a card lists now; what was known of another card in its place is
   * forgotten. Gives how many types are not remembered, since there is no room.
   */
  int learn(Card card, Collection<SupportedType> listed, Instant now) {
    Known known = cards.get(card.key());
    if (known != null && !known.card.equals(card)) {
      forget(known);
      known = null;
    }
    if (listed.isEmpty()) {
      return 0;
    }
    if (known == null) {
      known = new Known(card, now, new TreeMap<>());
      size += CARD_SIZE;
      cards.put(card.key(), known);
      changed = true;
    }
    int refused = 0;
    for (SupportedType type : listed) {
      refused += put(known, type) ? 0 : 1;
    }
    return refused;
  }

  /** True where the type is remembered now as it is. */
  private boolean put(Known known, SupportedType type) {
    SupportedType before = known.byId.get(type);
    if (before != null && before.content().equals(type.content())) {
      // The newest of the two, since a reading has it as well: the older one need not stay.
      known.byId.remove(before);
      known.byId.put(type, type);
      return true;
    }
    changed = true;
    if (before != null) {
      known.byId.remove(type);
      types--;
      size -= size(before);
    }
    if (types >= MAX_TYPES || size + size(type) > MAX_SIZE) {
      return false;
    }
    known.byId.put(type, type);
    types++;
    size += size(type);
    return true;
  }

  private static long size(SupportedType type) {
    return TYPE_SIZE + type.size();
  }

  /** Remembers that all that a card supports has been listed, since nothing ran on it. */
  void seeIdle(Card card) {
    if (find(card) != null && idle.add(card.key())) {
      changed = true;
    }
  }

  /** True where a card has listed all that it supports, at some time. */
  boolean wasSeenIdle(Card card) {
    return find(card) != null && idle.contains(card.key());
  }

  /** The types that a card supports beside those that are listed, as far as is remembered. */
  List<SupportedType> others(Card card, Set<SupportedType> listed) {
    Known known = remembers ? find(card) : null;
    if (known == null) {
      return List.of();
    }
    List<SupportedType> others = new ArrayList<>(known.byId.values());
    others.removeIf(listed::contains);
    return others;
  }

  /**
   * The name of the vGPU type with that number: as its card calls it, else as all cards do that the
   * same driver holds, for the numbers are the driver's.
   */
  Optional<String> vgpuName(Card card, String number) {
    SupportedType type = SupportedType.vgpu(number, "any name");
    Known own = find(card);
    SupportedType found = own == null ? null : own.byId.get(type);
    if (found != null) {
      return Optional.of(found.name());
    }
    Set<String> names = new HashSet<>();
    for (Known known : cards.values()) {
      SupportedType there = known.byId.get(type);
      if (there != null && driver(known.card).equals(driver(card))) {
        names.add(there.name());
      }
    }
    return names.size() == 1 ? Optional.of(names.iterator().next()) : Optional.empty();
  }

  private static String driver(Card card) {
    return card.identity().substring(0, Math.max(0, card.identity().indexOf(" vendor=")));
  }

  private @org.jspecify.annotations.Nullable Known find(Card card) {
    Known known = cards.get(card.key());
    return known != null && known.card.equals(card) ? known : null;
  }

  /** Forgets the cards that are not there any more. */
  void forget(Predicate<Card> gone) {
    for (Known known : List.copyOf(cards.values())) {
      if (gone.test(known.card)) {
        forget(known);
      }
    }
  }

  private void forget(Known known) {
    cards.remove(known.card.key());
    idle.remove(known.card.key());
    types -= known.byId.size();
    size -= known.size();
    changed = true;
  }

  /** True where it differs from what was there when this was last asked. */
  public boolean takeChanged() {
    boolean now = changed;
    changed = false;
    return now;
  }

  /** Since when types of each card are remembered, by the name of the card. */
  SortedMap<String, Instant> since() {
    SortedMap<String, Instant> since = new TreeMap<>();
    if (remembers) {
      cards
          .values()
          .forEach(known -> since.merge(name(known.card), known.since, SupportedTypes::first));
    }
    return since;
  }

  private static Instant first(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  /** The function or parent of a card, without the driver. */
  static String name(Card card) {
    int space = card.key().lastIndexOf(' ');
    return space < 0 ? card.key() : card.key().substring(0, space);
  }

  /** All cards, sorted by name. */
  public List<SeenCard> cards() {
    return cards.values().stream()
        .map(
            known ->
                new SeenCard(
                    known.card,
                    known.since,
                    idle.contains(known.card.key()),
                    new TreeSet<>(known.byId.values())))
        .toList();
  }
}
