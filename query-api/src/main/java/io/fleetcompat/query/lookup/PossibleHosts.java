package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEndpoints;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/** The hosts that a machine could go to, by profiles alone: the first sieve of a search. */
final class PossibleHosts {

  private static final int KEYS_PER_CHECK = 4096;

  private PossibleHosts() {}

  /**
   * The hosts that a question names.
   *
   * @param hosts those of the scope; empty where the question names none
   * @param notIndexed those that the index does not have
   */
  record Candidates(Optional<RoaringBitmap> hosts, Collection<String> notIndexed) {

    static Candidates of(IndexView view, MachineQuestion question) {
      Set<String> notIndexed = new LinkedHashSet<>();
      Optional<RoaringBitmap> hosts =
          question.candidates().map(names -> find(view, names, question.scope(), notIndexed));
      return new Candidates(hosts, notIndexed);
    }

    private static RoaringBitmap find(
        IndexView view, Collection<String> names, Scope scope, Set<String> notIndexed) {
      RoaringBitmap hosts = new RoaringBitmap();
      for (String name : names) {
        if (!(FoundHost.find(view, name) instanceof FoundHost.Known(Host host))) {
          notIndexed.add(name);
        } else if (scope.has(host)) {
          hosts.add(host.id());
        }
      }
      return hosts;
    }
  }

  /**
   * Hosts of the scope that have a compatible profile for each source.
   *
   * @param rankings of the sources' profiles; sources of one profile have the same object
   */
  static RoaringBitmap of(
      IndexView view, List<SourceRanking> rankings, Scope scope, Deadline deadline) {
    Set<SourceRanking> different = new HashSet<>(rankings);
    return FastAggregation.and(
        different.stream().map(ranking -> compatible(view, ranking, scope, deadline)).iterator());
  }

  private static RoaringBitmap compatible(
      IndexView view, SourceRanking ranking, Scope scope, Deadline deadline) {
    RoaringBitmap hosts = new RoaringBitmap();
    for (Group group : ranking.compatible()) {
      group
          .slots()
          .forEach(
              view,
              scope,
              Map.of(),
              endpoints -> addHosts(endpoints, hosts, deadline),
              elsewhere -> {});
    }
    return hosts;
  }

  private static void addHosts(ProfileEndpoints endpoints, RoaringBitmap hosts, Deadline deadline) {
    addHosts(endpoints.placedFresh(), hosts, deadline);
    addHosts(endpoints.placedQuiet(), hosts, deadline);
  }

  private static void addHosts(OrderedKeys keys, RoaringBitmap hosts, Deadline deadline) {
    int added = 0;
    for (OrderedKeys.Walk walk = keys.from(0); walk.hasNext(); added++) {
      if (added % KEYS_PER_CHECK == 0) {
        deadline.check();
      }
      hosts.add(CandidateKey.host(walk.next()));
    }
  }
}
