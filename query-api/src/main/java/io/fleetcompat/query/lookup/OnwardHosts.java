package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.Evacuation.Onward;
import io.fleetcompat.query.replica.Host;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * The hosts to which a device can go on from its place, when its own host is empty. Places of one
 * profile and pool share them. One thread.
 */
final class OnwardHosts<V> {

  private final ViewOverrides overrides;
  private final Evacuations.Question question;
  private final PairVerdicts<V> verdicts;
  private final Sightings sightings;
  private final Deadline deadline;
  private final NearestEndpoint<V> nearest;
  private final Map<From, Ways> ways = new HashMap<>();

  /** All that the ways onwards from a place depend on: overrides may be of pools. */
  private record From(int slot, Optional<String> pool) {}

  /** Hosts by number, but for the one that is emptied: live ones, and silent ones. */
  private record Ways(RoaringBitmap live, RoaringBitmap silent) {}

  OnwardHosts(
      ViewOverrides overrides,
      Evacuations.Question question,
      PairVerdicts<V> verdicts,
      Sightings sightings,
      Deadline deadline) {
    this.overrides = overrides;
    this.question = question;
    this.verdicts = verdicts;
    this.sightings = sightings;
    this.deadline = deadline;
    this.nearest = new NearestEndpoint<>(overrides, question.scope(), verdicts, deadline);
  }

  /** True where a device could go on from there to as many other hosts as are to be kept. */
  boolean areEnough(IndexedEndpoint place) {
    return question.keep() == 0 || count(place) >= question.keep();
  }

  /** The number of other live hosts that a device could go on to from there. */
  int count(IndexedEndpoint place) {
    return others(ways(place).live(), place);
  }

  /** The ways onwards from a place, and what would be the next one. */
  Onward<V> of(IndexedEndpoint place) {
    Ways known = ways(place);
    long now = sightings.now();
    return new Onward<>(
        place,
        others(known.live(), place),
        others(known.silent(), place),
        nearest.find(
            place,
            host ->
                !host.name().equals(question.host())
                    && host.id() != place.host().id()
                    && !known.live().contains(host.id())
                    && sightings.isFresh(host, now)));
  }

  private static int others(RoaringBitmap hosts, IndexedEndpoint place) {
    return hosts.getCardinality() - (hosts.contains(place.host().id()) ? 1 : 0);
  }

  private Ways ways(IndexedEndpoint place) {
    From from = new From(place.slot(), ViewOverrides.pool(place.host()));
    return ways.computeIfAbsent(from, _ -> find(place));
  }

  private Ways find(IndexedEndpoint place) {
    SourceRanking ranking = verdicts.ranking(overrides, place, deadline);
    Ways found = new Ways(new RoaringBitmap(), new RoaringBitmap());
    long now = sightings.now();
    PossibleHosts.of(overrides.view(), List.of(ranking), question.scope(), deadline).stream()
        .mapToObj(overrides.view().fleet()::host)
        .filter((Host host) -> !host.name().equals(question.host()))
        .forEach(host -> (sightings.isFresh(host, now) ? found.live : found.silent).add(host.id()));
    return found;
  }
}
