package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.lookup.Checks.Check;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A filter of hosts that asks check of each, with no ranking. */
record NaiveFilter(IndexView view, PairVerdicts<WrittenVerdict> verdicts, Sightings sightings) {

  /** The reason for leaving a host out; empty where it may take each of the devices alone. */
  Optional<FilterReason> reason(List<IndexedEndpoint> sources, String name) {
    Host host = view.fleet().find(name);
    if (host == null) {
      return Optional.of(FilterReason.NOT_FOUND);
    }
    if (sources.stream().anyMatch(source -> source.hostName().equals(name))) {
      return Optional.of(FilterReason.OWN_HOST);
    }
    List<FilterReason> reasons =
        sources.stream().flatMap(source -> reason(source, host).stream()).sorted().toList();
    return reasons.stream().findFirst(); // they are declared in the order in which they count
  }

  private Optional<FilterReason> reason(IndexedEndpoint source, Host host) {
    Checks<WrittenVerdict> checks = new Checks<>(verdicts, sightings);
    ViewOverrides overrides = checks.overrides(view);
    return switch (new BestEndpoint(verdicts, new PastSightings(0))
        .find(overrides, source, host.name())) {
      case BestEndpoint.Result.Best(IndexedEndpoint best) ->
          reason(checks.check(view, source, best), checks, host);
      case BestEndpoint.Result.NotOffered(String name) -> {
        Outcome outcome = checks.notOffered(view, source, name).pair().outcome();
        yield Optional.of(ofSilent(outcome, source, host));
      }
      case BestEndpoint.Result.NoHost none -> throw new AssertionError(none.toString());
      case BestEndpoint.Result.NoEndpoints none -> throw new AssertionError(none.toString());
    };
  }

  private FilterReason ofSilent(Outcome outcome, IndexedEndpoint source, Host host) {
    if (outcome == Outcome.INCOMPATIBLE) {
      return FilterReason.INCOMPATIBLE;
    }
    boolean heard =
        sightings.of(source.host(), sightings.now()).isFresh()
            && sightings.of(host, sightings.now()).isFresh();
    return heard ? FilterReason.UNKNOWN : FilterReason.NOT_FRESH;
  }

  private Optional<FilterReason> reason(
      Check<WrittenVerdict> check, Checks<WrittenVerdict> checks, Host host) {
    if (check.silent().isPresent()) {
      return Optional.of(FilterReason.NOT_FRESH);
    }
    return switch (check.pair().outcome()) {
      case INCOMPATIBLE -> Optional.of(FilterReason.INCOMPATIBLE);
      case UNKNOWN -> Optional.of(FilterReason.UNKNOWN);
      case COMPATIBLE -> {
        if (anyFits(
            check.source(), checks, host, i -> IndexedEndpoint.of(host, i).capacity() > 0)) {
          yield Optional.empty();
        }
        EndpointTable endpoints = host.placed().endpoints();
        boolean exists = anyFits(check.source(), checks, host, i -> !endpoints.isType(i));
        yield Optional.of(exists ? FilterReason.NOT_CERTAIN : FilterReason.NO_CAPACITY);
      }
    };
  }

  private boolean anyFits(
      IndexedEndpoint source, Checks<WrittenVerdict> checks, Host host, IntPredicate which) {
    return IntStream.range(0, host.placed().endpoints().size())
        .filter(which)
        .mapToObj(i -> checks.check(view, source, IndexedEndpoint.of(host, i)))
        .anyMatch(check -> check.pair().outcome() == Outcome.COMPATIBLE);
  }
}
