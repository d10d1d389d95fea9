package io.fleetcompat.query.lookup;

import static java.util.Comparator.comparingInt;

import io.fleetcompat.query.lookup.Evacuation.Nearest;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The search for the endpoint of a device's kind, vendor and type that the fewest reasons keep it
 * from. One thread.
 */
final class NearestEndpoint<V> {

  private static final int KEYS_PER_CHECK = 4096;

  private final ViewOverrides overrides;
  private final Scope scope;
  private final PairVerdicts<V> verdicts;
  private final Deadline deadline;

  NearestEndpoint(
      ViewOverrides overrides, Scope scope, PairVerdicts<V> verdicts, Deadline deadline) {
    this.overrides = overrides;
    this.scope = scope;
    this.verdicts = verdicts;
    this.deadline = deadline;
  }

  /** The nearest on a live host that is asked for; empty where none of these has any like it. */
  Optional<Nearest<V>> find(IndexedEndpoint source, Predicate<Host> asked) {
    IndexView view = overrides.view();
    CandidateFilter filter = new CandidateFilter(view, source.slot());
    List<Nearest<V>> like = new ArrayList<>();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      OrderedKeys live = scope.members().endpoints(slot).placedFresh();
      if (live.size() > 0 && filter.isLike(slot)) {
        first(live, asked)
            .map(endpoint -> new Nearest<>(endpoint, verdicts.of(overrides, source, endpoint)))
            .ifPresent(like::add);
      }
    }
    return like.stream()
        .min(
            comparingInt((Nearest<V> each) -> each.pair().reasons())
                .thenComparing(each -> each.pair().outcome())
                .thenComparing(each -> each.endpoint().reference()));
  }

  private Optional<IndexedEndpoint> first(OrderedKeys keys, Predicate<Host> asked) {
    int seen = 0;
    for (OrderedKeys.Walk walk = keys.from(0); walk.hasNext(); seen++) {
      if (seen % KEYS_PER_CHECK == 0) {
        deadline.check();
      }
      long key = walk.next();
      Host host = overrides.view().fleet().hostOf(key);
      if (asked.test(host)) {
        return Optional.of(IndexedEndpoint.of(host, CandidateKey.index(key)));
      }
    }
    return Optional.empty();
  }
}
