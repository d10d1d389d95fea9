package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The hosts among those that somebody names which may take a device, or all devices of a machine,
 * and why the others may not. It says of each host what a check against it says. Any thread.
 */
public final class HostFilter {

  private static final int NAMES_PER_CHECK = 512;

  /** The better groups, source by source, then more capacity. */
  private static final Comparator<HostFit> BEST_FIRST =
      Comparator.<HostFit, int[]>comparing(HostFit::groups, Arrays::compare)
          .thenComparing(Comparator.comparingLong(HostFit::capacity).reversed());

  /** Bits of a name's place, below what names are sorted by. */
  private static final int PLACE_BITS = 20;

  private static final long PLACES = (1L << PLACE_BITS) - 1;

  /** Most names of one question. */
  public static final int MAX_NAMES = 10_000;

  private final PairVerdicts<?> verdicts;
  private final Sightings sightings;

  public HostFilter(PairVerdicts<?> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /** A host that may not take the devices. */
  public record Other(String name, FilterReason reason) {}

  /**
   * The names that were asked about, each once.
   *
   * @param takers best first, of equally good ones the one that was named first
   * @param others in the order of the question
   */
  public record Result(List<String> takers, List<Other> others) {}

  /**
   * Answers for these names.
   *
   * @param sources at least one
   * @param names at most {@link #MAX_NAMES}
   */
  public Result find(
      IndexView view, List<IndexedEndpoint> sources, List<String> names, Deadline deadline) {
    return new Search(view, sources, deadline).find(names);
  }

  /** One question. One thread. */
  private final class Search {

    private final IndexView view;
    private final List<IndexedEndpoint> sources;
    private final Deadline deadline;
    private final long now = sightings.now();
    private final List<SourceRanking> rankings = new ArrayList<>();
    private final Collection<HostStandings> standings;
    private final boolean sourcesHeard;
    private final boolean lacksPeerToPeer;
    private final Set<Integer> own = new HashSet<>();
    private final RoaringBitmap seen = new RoaringBitmap();
    private final Set<String> notFound = new HashSet<>();

    Search(IndexView view, List<IndexedEndpoint> sources, Deadline deadline) {
      this.view = view;
      this.sources = sources;
      this.deadline = deadline;
      ViewOverrides overrides = ViewOverrides.of(view, now);
      Map<SourceRanking, HostStandings> known = new LinkedHashMap<>();
      for (IndexedEndpoint source : sources) {
        SourceRanking ranking = verdicts.ranking(overrides, source, deadline);
        rankings.add(ranking);
        known.computeIfAbsent(
            ranking, of -> new HostStandings(view, of, source.slot(), sightings, now));
        own.add(source.host().id());
      }
      this.standings = known.values();
      this.sourcesHeard = sources.stream().allMatch(s -> sightings.isFresh(s.host(), now));
      this.lacksPeerToPeer = !PeerToPeer.of(view, sources).lacking().isEmpty();
    }

    Result find(List<String> names) {
      Room room = sources.size() == 1 ? standings.iterator().next()::best : roomOfMachine(names);
      List<Other> others = new ArrayList<>();
      long[] keys = new long[names.size()];
      int takers = 0;
      for (int place = 0; place < names.size(); place++) {
        if (place % NAMES_PER_CHECK == 0) {
          deadline.check();
        }
        String name = names.get(place);
        Host host = host(name);
        if (host == null) {
          if (notFound.add(name)) {
            others.add(new Other(name, FilterReason.NOT_FOUND));
          }
        } else if (seen.checkedAdd(host.id())) {
          FilterReason reason = reasonButForRoom(host);
          long fit = reason == FilterReason.NO_CAPACITY ? room.fit(host) : HostStandings.NONE;
          if (fit == HostStandings.NONE) {
            others.add(new Other(name, reason));
          } else if (fit == HostStandings.DOUBTFUL) {
            others.add(new Other(name, FilterReason.NOT_CERTAIN));
          } else {
            keys[takers++] = (fit << PLACE_BITS) | place;
          }
        }
      }
      Arrays.sort(keys, 0, takers);
      List<String> best =
          Arrays.stream(keys, 0, takers).mapToObj(key -> names.get((int) (key & PLACES))).toList();
      return new Result(best, others);
    }

    /** The host that has a name, or else that alone may be meant by it. */
    private @Nullable Host host(String name) {
      return FoundHost.find(view, name) instanceof FoundHost.Known(Host host) ? host : null;
    }

    /** {@link FilterReason#NO_CAPACITY} where nothing but that could be in the way. */
    private FilterReason reasonButForRoom(Host host) {
      if (own.contains(host.id())) {
        return FilterReason.OWN_HOST;
      }
      boolean unknown = false;
      for (HostStandings standing : standings) {
        Outcome outcome = standing.outcome(host);
        if (outcome == Outcome.INCOMPATIBLE) {
          return FilterReason.INCOMPATIBLE;
        }
        unknown |= outcome == Outcome.UNKNOWN;
      }
      if (!sourcesHeard || !sightings.isFresh(host, now)) {
        return FilterReason.NOT_FRESH;
      }
      if (unknown) {
        return FilterReason.UNKNOWN;
      }
      return lacksPeerToPeer ? FilterReason.NO_P2P : FilterReason.NO_CAPACITY;
    }

    /** Looks for a place for each device on all hosts at once: equally good ones get one number. */
    private Room roomOfMachine(List<String> names) {
      RoaringBitmap possible = new RoaringBitmap();
      for (String name : names) {
        Host host = host(name);
        if (host != null && reasonButForRoom(host) == FilterReason.NO_CAPACITY) {
          possible.add(host.id());
        }
      }
      MachineQuestion question =
          new MachineQuestion(sources, Scope.fleet(view), Optional.of(names), names.size(), false);
      MachineSearch search = new MachineSearch(view, question, rankings, sightings, deadline);
      search.lookAt(possible);
      List<HostFit> fits = new ArrayList<>(search.best());
      fits.sort(BEST_FIRST);
      Map<Integer, Long> numbers = new HashMap<>();
      long number = 0;
      for (int i = 0; i < fits.size(); i++) {
        if (i > 0 && BEST_FIRST.compare(fits.get(i - 1), fits.get(i)) != 0) {
          number++;
        }
        long known = fits.get(i).isCertain() ? number : HostStandings.DOUBTFUL;
        numbers.put(fits.get(i).host().id(), known);
      }
      return host -> numbers.getOrDefault(host.id(), HostStandings.NONE);
    }
  }

  /** The place that a host has for the devices. */
  private interface Room {
    /**
     * A number that is less for a better place; {@link HostStandings#NONE} where there is none,
     * {@link HostStandings#DOUBTFUL} where nobody knows.
     */
    long fit(Host host);
  }
}
