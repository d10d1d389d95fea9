package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.ProblemCode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The types of this scan's cards, and those that are remembered of them. For one thread. */
final class CardTypes {

  private final Scan scan;
  private final Cards cards;
  private final SupportedTypes remembered;
  private final Instant now;
  private int refused;

  CardTypes(Scan scan, Cards cards, SupportedTypes remembered, Instant now) {
    this.scan = scan;
    this.cards = cards;
    this.remembered = remembered;
    this.now = now;
  }

  /** The card of a parent of types; empty where too little can be read of it. */
  Optional<Card> card(Node parent) {
    return cards.of(parent);
  }

  /** Remembers what a parent of that card lists. */
  void learn(Card card, Collection<SupportedType> listed) {
    refused += remembered.learn(card, listed, now);
  }

  /** Remembers that the card lists all that it supports now, since nothing runs on it. */
  void seeIdle(Card card) {
    remembered.seeIdle(card);
  }

  /** True where the card has listed all that it supports, now or at some time. */
  boolean wasSeenIdle(Card card) {
    return remembered.wasSeenIdle(card);
  }

  /** The types that the card supports beside those that one of its parents lists. */
  List<SupportedType> others(Card card, Set<SupportedType> listed) {
    return remembered.others(card, listed);
  }

  Optional<String> vgpuName(Card card, String number) {
    return remembered.vgpuName(card, number);
  }

  /** Forgets the cards that have gone, and reports what there was no room to remember. */
  void end() {
    Set<Card> gone =
        remembered.cards().stream()
            .map(SupportedTypes.SeenCard::card)
            .filter(card -> isGone(SupportedTypes.name(card)))
            .collect(Collectors.toSet());
    // Asked after the cards: of a root that is away, no card has gone.
    if (scan.node("").isPresent()) {
      remembered.forget(gone::contains);
    }
    if (refused > 0) {
      scan.problemOfHost(
          ProblemCode.TOO_LARGE,
          "expected at most %d supported types of %d characters, %d are not remembered"
              .formatted(SupportedTypes.MAX_TYPES, SupportedTypes.MAX_SIZE, refused));
    }
  }

  private boolean isGone(String name) {
    Node place = new Node(name.contains("/") ? name : PciFunctions.BUS + "/" + name);
    return !scan.mayBeThere(place.parent(), place.name());
  }
}
