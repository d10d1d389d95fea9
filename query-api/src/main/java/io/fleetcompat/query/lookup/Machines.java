package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import io.fleetcompat.query.lookup.PossibleHosts.Candidates;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * The hosts that can take all devices of a machine at once, and those that may. Any thread.
 *
 * @param <V> the form that verdicts have in answers
 */
public final class Machines<V> {

  private final PairVerdicts<V> verdicts;
  private final Sightings sightings;

  public Machines(PairVerdicts<V> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /** An endpoint that was chosen for a source, and what the rules say of it. */
  public record Chosen<V>(
      IndexedEndpoint source, IndexedEndpoint destination, PairVerdict<V> pair) {}

  /**
   * A host that takes all, or may.
   *
   * @param chosen one destination for each source, in the order of the sources
   * @param doubts why nobody knows whether it takes all at once; empty where it certainly does
   */
  public record Taker<V>(String host, List<Chosen<V>> chosen, Set<Doubt> doubts) {}

  /**
   * The result of a search.
   *
   * @param takers the best of them, up to the limit
   * @param total how many there are
   * @param certain how many of these certainly take all
   * @param excluded the other hosts of the scope and the candidates, by reason, each counted once
   * @param notIndexed candidates that the index does not have
   * @param peerToPeer what stands against the devices migrating together, to any host
   */
  public record Result<V>(
      List<Taker<V>> takers,
      long total,
      long certain,
      Map<Exclusion, Long> excluded,
      Collection<String> notIndexed,
      PeerToPeer peerToPeer) {
    /** True where the search looked at every host that could have been better. */
    public boolean complete() {
      return !excluded.containsKey(NotByRule.NOT_EXAMINED);
    }
  }

  /** Hosts of the scope, among the candidates where there are any; fewest burdens first. */
  public Result<V> find(IndexView view, MachineQuestion question, Deadline deadline) {
    ViewOverrides overrides = ViewOverrides.of(view, sightings.now());
    Map<SourceKey, SourceRanking> known = new HashMap<>();
    List<SourceRanking> rankings = new ArrayList<>();
    for (IndexedEndpoint source : question.sources()) {
      rankings.add(
          known.computeIfAbsent(
              SourceKey.of(overrides, source),
              key -> verdicts.ranking(overrides, source, deadline)));
    }
    RoaringBitmap own = new RoaringBitmap();
    question.sources().stream()
        .map(IndexedEndpoint::host)
        .filter(question.scope()::has)
        .forEach(host -> own.add(host.id()));
    RoaringBitmap hosts = PossibleHosts.of(view, rankings, question.scope(), deadline);
    Candidates candidates = Candidates.of(view, question);
    candidates.hosts().ifPresent(own::and);
    candidates.hosts().ifPresent(hosts::and);
    hosts.andNot(own);
    int all = candidates.hosts().map(RoaringBitmap::getCardinality).orElse(question.scope().size());
    int incompatible = all - own.getCardinality() - hosts.getCardinality();
    PeerToPeer peerToPeer = PeerToPeer.of(view, question.sources());
    MachineSearch search = new MachineSearch(view, question, rankings, sightings, deadline);
    Map<Exclusion, Long> excluded = new HashMap<>();
    if (peerToPeer.lacking().isEmpty()) {
      search.lookAt(hosts);
      excluded.putAll(search.excluded());
    } else {
      add(excluded, NotByRule.NO_P2P, hosts.getCardinality());
    }
    add(excluded, NotByRule.OWN_HOST, own.getCardinality());
    add(excluded, NotByRule.NOT_COMPATIBLE, incompatible);
    List<Taker<V>> best =
        search.best().stream()
            .limit(question.limit())
            .map(fit -> taker(overrides, question, fit))
            .toList();
    return new Result<>(
        best,
        search.best().size(),
        search.best().stream().filter(HostFit::isCertain).count(),
        excluded,
        candidates.notIndexed(),
        peerToPeer);
  }

  private static void add(Map<Exclusion, Long> excluded, Exclusion reason, long count) {
    if (count > 0) {
      excluded.put(reason, count);
    }
  }

  /** The part of a source that decides its ranking: sources that have it in common share one. */
  private record SourceKey(int slot, Optional<String> pool) {
    static SourceKey of(ViewOverrides overrides, IndexedEndpoint source) {
      return new SourceKey(source.slot(), SourceRanking.concernedPool(overrides, source));
    }
  }

  private Taker<V> taker(ViewOverrides overrides, MachineQuestion question, HostFit fit) {
    List<Chosen<V>> chosen = new ArrayList<>();
    int[] endpoints = fit.fit().chosen();
    for (int i = 0; i < endpoints.length; i++) {
      IndexedEndpoint source = question.sources().get(i);
      IndexedEndpoint to = IndexedEndpoint.of(fit.host(), endpoints[i]);
      chosen.add(new Chosen<>(source, to, verdicts.of(overrides, source, to)));
    }
    return new Taker<>(fit.host().name(), chosen, fit.fit().doubts());
  }
}
