package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.replica.Use;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of checks of one source, each pair of profiles looked up once where operators have
 * turned nothing off. For one thread.
 */
final class SourceOutcomes {

  private final ViewOverrides overrides;
  private final IndexedEndpoint source;
  private final PairVerdicts<?> verdicts;
  private final Sightings sightings;
  private final long now;
  private final boolean sourceHeard;
  private final @Nullable Outcome[] known;

  SourceOutcomes(
      ViewOverrides overrides,
      IndexedEndpoint source,
      PairVerdicts<?> verdicts,
      Sightings sightings) {
    this.overrides = overrides;
    this.source = source;
    this.verdicts = verdicts;
    this.sightings = sightings;
    this.now = sightings.now();
    this.sourceHeard = sightings.isFresh(source.host(), now);
    this.known = new Outcome[overrides.view().matrix().slots()];
  }

  /** The outcome of a check of the source against an endpoint. */
  Outcome of(IndexedEndpoint destination) {
    Outcome outcome = ofProfiles(destination);
    boolean counts =
        outcome != Outcome.COMPATIBLE
            || (sourceHeard && sightings.isFresh(destination.host(), now));
    return counts ? outcome : Outcome.UNKNOWN;
  }

  /** The use of an endpoint that is a device; empty for a type. */
  Optional<Use> use(IndexedEndpoint destination) {
    return destination.isDevice()
        ? Optional.of(sightings.use(destination.host(), destination.name(), now))
        : Optional.empty();
  }

  private Outcome ofProfiles(IndexedEndpoint destination) {
    if (!overrides.isEmpty()) {
      return verdicts.of(overrides, source, destination).outcome();
    }
    Outcome outcome = known[destination.slot()];
    if (outcome == null) {
      outcome = verdicts.of(overrides, source, destination).outcome();
      known[destination.slot()] = outcome;
    }
    return outcome;
  }
}
