package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.ProbeSide;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The classes of destinations, and the questions that there are about them: one for each string
 * that may be asked of a class, as long as a profile leads to it. One stream thread.
 */
final class AskedClasses {

  /** The part of the bound that must be free before those beyond it are looked for again. */
  private static final int ROOM = 10;

  private final int mostPairs;
  private final Map<Fingerprint, AskedClass> classes = new HashMap<>();

  /** In the order in which they are looked at; the first goes to the end each time. */
  private final List<AskedClass> ring = new ArrayList<>();

  private long nextOrder;
  private int turn;
  private int pairs;
  private int refused;

  /**
   * @param mostPairs the bound on questions; those beyond it are counted
   */
  AskedClasses(int mostPairs) {
    this.mostPairs = mostPairs;
  }

  /**
   * Profiles have come that have this side.
   *
   * @param made takes the class where it is new, before there are questions about it
   */
  void add(ProbeSide side, long now, Consumer<AskedClass> made) {
    AskedClass own = new AskedClass(side);
    if (classes.putIfAbsent(side.destination(), own) != null) {
      return;
    }
    ring.add(own);
    made.accept(own);
    for (AskedClass other : List.copyOf(ring)) {
      link(side, other, now);
      if (other != own) {
        link(other.side, own, now);
      }
    }
  }

  /** A source's string may lead to a question to a class. */
  private void link(ProbeSide source, AskedClass destination, long now) {
    if (!source.mayBeAskedOf(destination.side)) {
      return;
    }
    AskedPair known = destination.pairs.get(source.string());
    if (known == null) {
      if (pairs >= mostPairs) {
        refused++;
        return;
      }
      known =
          new AskedPair(
              ProbePair.of(source, destination.side),
              source.text(),
              destination.side,
              nextOrder++,
              now);
      destination.pairs.put(source.string(), known);
      destination.await(known, now);
      pairs++;
    }
    known.sources.add(source.destination());
  }

  /**
   * No profile has this side any more; gives the questions that nobody needs answered now. Those
   * that were beyond the bound come in once there is room for many: each time all classes are
   * looked at.
   */
  List<AskedPair> remove(ProbeSide side, long now) {
    List<AskedPair> gone = new ArrayList<>();
    AskedClass own = classes.remove(side.destination());
    if (own == null) {
      return gone;
    }
    ring.remove(own);
    List.copyOf(own.pairs.values()).forEach(pair -> drop(own, pair, gone));
    for (AskedClass other : ring) {
      AskedPair pair = other.pairs.get(side.string());
      if (pair != null && pair.sources.remove(side.destination()) && pair.sources.isEmpty()) {
        drop(other, pair, gone);
      }
    }
    if (refused > 0 && pairs <= mostPairs - mostPairs / ROOM) {
      linkAll(now);
    }
    return gone;
  }

  private void linkAll(long now) {
    refused = 0;
    List<AskedClass> all = List.copyOf(ring);
    all.forEach(source -> all.forEach(destination -> link(source.side, destination, now)));
  }

  private void drop(AskedClass of, AskedPair pair, List<AskedPair> gone) {
    of.pairs.remove(pair.id.string());
    of.forget(pair);
    gone.add(pair);
    pairs--;
  }

  Optional<AskedClass> find(Fingerprint of) {
    return Optional.ofNullable(classes.get(of));
  }

  Optional<AskedPair> find(ProbePair id) {
    return find(id.destination()).map(of -> of.pairs.get(id.string()));
  }

  /** The class that a question is about, which is there as long as the question is. */
  AskedClass of(AskedPair pair) {
    return find(pair.id.destination()).orElseThrow();
  }

  /** True where a question could be asked at that time. */
  boolean haveWork(long now) {
    return ring.stream().anyMatch(of -> of.hasWork(now));
  }

  /** All of them, beginning with another one each time. */
  List<AskedClass> inTurn() {
    if (ring.isEmpty()) {
      return List.of();
    }
    int first = turn % ring.size();
    turn = (first + 1) % ring.size();
    List<AskedClass> all = new ArrayList<>(ring.subList(first, ring.size()));
    all.addAll(ring.subList(0, first));
    return all;
  }

  /** The number of questions that are kept track of. */
  int pairs() {
    return pairs;
  }

  /** The number of questions that are beyond the bound, or were when they were looked for last. */
  int refused() {
    return refused;
  }
}
