package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.query.lookup.Exclusion.ByRule;
import io.fleetcompat.query.replica.IndexView;
import java.util.Map;

/** The numbers of endpoints that profiles of a ranking have within the fleet or a pool. */
record EndpointCounts(IndexView view, SourceRanking ranking, Scope scope) {

  /** The number of endpoints that have these profiles, where they stand so. */
  long of(Slots slots) {
    long[] endpoints = {0};
    slots.forEach(
        view,
        scope,
        ranking.elsewhere(),
        all -> endpoints[0] += all.endpoints(),
        others -> endpoints[0] -= others.endpoints());
    return endpoints[0];
  }

  /** Adds the number of endpoints that have profiles, by rule, where there are any. */
  void addTo(Map<Exclusion, Long> counts, Map<RuleId, Slots> slots) {
    slots.forEach(
        (rule, those) -> {
          long endpoints = of(those);
          if (endpoints > 0) {
            counts.merge(new ByRule(rule), endpoints, Long::sum);
          }
        });
  }
}
