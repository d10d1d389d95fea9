package io.fleetcompat.oracle.simulated;

import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.oracle.NaiveVerdict;
import io.fleetcompat.oracle.ProductVerdict;
import io.fleetcompat.query.lookup.Checks;
import java.util.List;
import java.util.Optional;

/** The comparison of answers with what the oracle says of hosts as they are. One thread. */
final class Convergence {

  private final List<SimulatedHost> hosts;
  private final Catalogue catalogue;
  private final Pairs pairs;
  private final Optional<KeyRegistry> registry;

  /**
   * @param registry of the hosts' keys; empty where records are not marked
   */
  Convergence(
      List<SimulatedHost> hosts, Catalogue catalogue, Pairs pairs, Optional<KeyRegistry> registry) {
    this.registry = registry;
    this.hosts = hosts;
    this.catalogue = catalogue;
    this.pairs = pairs;
  }

  /** Requires that each pair is answered as the oracle does, by its rules, or is not there. */
  void require(List<Checks.Result<Verdict>> results, boolean mutual) {
    int i = 0;
    for (Checks.Result<Verdict> result : results) {
      require(result, pairs.source(i), pairs.destination(i), mutual);
      i++;
    }
  }

  private void require(
      Checks.Result<Verdict> result, Pairs.Side source, Pairs.Side destination, boolean mutual) {
    if (isOutOfService(source.host()) || isOutOfService(destination.host())) {
      Violation.require(
          !(result instanceof Checks.Result.Checked<Verdict>),
          () -> "%s is answered, and one of its hosts is out of service".formatted(result.pair()));
      return;
    }
    if (!hasKey(source.host()) || !hasKey(destination.host())) {
      requireNoYes(result);
      return;
    }
    int from = hosts.get(source.host()).content(source.place());
    int to = hosts.get(destination.host()).content(destination.place());
    boolean there = from != SimulatedHost.NOTHING && to != SimulatedHost.NOTHING;
    if (result instanceof Checks.Result.Checked<Verdict>(var pair, var check)) {
      Violation.require(
          there, () -> "%s is answered, and there is no such endpoint".formatted(pair));
      NaiveVerdict expected = catalogue.verdict(mutual, from, to);
      Verdict verdict = check.silent().orElse(check.pair().form());
      Violation.require(
          expected.equals(naive(verdict, check)),
          () ->
              "%s: expected %s, found %s (%s, %s)"
                  .formatted(pair, expected, verdict, check.sourceSeen(), check.destinationSeen()));
    } else {
      Violation.require(!there, () -> "%s is not answered: %s".formatted(result.pair(), result));
    }
  }

  /** True where the key counts that the host has, or none is asked for. */
  private boolean hasKey(int number) {
    SimulatedHost host = hosts.get(number);
    return registry.isEmpty() || registry.get().counts(host.name(), host.generation());
  }

  private boolean isOutOfService(int number) {
    return registry.isPresent() && registry.get().of(hosts.get(number).name()).removed();
  }

  private static void requireNoYes(Checks.Result<Verdict> result) {
    if (result instanceof Checks.Result.Checked<Verdict>(var pair, var check)) {
      Verdict verdict = check.silent().orElse(check.pair().form());
      Violation.require(
          verdict.outcome() != Verdict.Outcome.COMPATIBLE,
          () -> "%s is a yes, and one of its hosts has no key that counts".formatted(pair));
    }
  }

  private static NaiveVerdict naive(Verdict found, Checks.Check<Verdict> check) {
    return ProductVerdict.of(found.withValues(check.source().dynamic()));
  }
}
