package io.fleetcompat.query;

import io.fleetcompat.compatibility.override.OverrideState;
import io.fleetcompat.query.clock.FleetClock;
import io.fleetcompat.query.lookup.Claims;
import io.fleetcompat.query.lookup.Overrides;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.replica.IndexFollower;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** The metrics of the replica, for whoever scrapes them. */
record ReplicaMetrics(
    Replica replica, IndexFollower follower, PairVerdicts<?> verdicts, FleetClock clock) {

  private static final String PREFIX = "fleetcompat.query.";

  /**
   * The bounds of the buckets in which new documents are counted by how long they took to be seen.
   */
  private static final Duration[] VISIBLE_BUCKETS =
      LongStream.of(50, 100, 150, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /**
   * Takes the milliseconds in which a new document has become visible: counted as 0 where the clock
   * of its host is so far ahead that they are negative.
   */
  static LongConsumer visible(MeterRegistry registry) {
    Timer timer =
        Timer.builder(PREFIX + "event.to.visible")
            .description("From the end of a look at a host to its new document in answers here")
            .serviceLevelObjectives(VISIBLE_BUCKETS)
            .register(registry);
    return millis -> timer.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  void bindTo(MeterRegistry registry) {
    gauge(registry, "revision", "Sum of the positions read", Snapshot::revision);
    gauge(registry, "lag", "Records known to be missing", Snapshot::lag);
    gauge(registry, "ready", "1 once the index was read", s -> s.ready() ? 1 : 0);
    gauge(registry, "age.seconds", "Age of the index", s -> (clock.millis() - s.asOf()) / 1000.0);
    gauge(registry, "hosts", "Hosts in the index", s -> s.view().fleet().members().size());
    gauge(registry, "endpoints", "Endpoints in the index", s -> s.view().fleet().endpoints());
    gauge(registry, "profiles", "Profiles in the index", s -> s.view().matrix().profileCount());
    gauge(registry, "generation", "Generation", s -> s.view().matrix().judgement().generation());
    gauge(
        registry,
        "rules.behind",
        "1 while the rules in force are others than those that answers are by",
        s -> s.view().ruleSetAhead().isPresent() ? 1 : 0);
    for (OverrideState state : OverrideState.values()) {
      Gauge.builder(
              PREFIX + "overrides",
              replica,
              r -> Overrides.counts(r.snapshot().view(), clock.millis()).getOrDefault(state, 0))
          .description("Rules that operators have turned off for some pairs")
          .tag("state", state.toString())
          .register(registry);
    }
    gauge(
        registry,
        "declared.contradicted",
        "Devices that are declared migratable, or not, and whose drivers show the contrary",
        s -> Claims.contradicted(s.view()));
    gauge(
        registry,
        "rules.refused",
        "1 while the indexer has newer rules that it does not take",
        s -> s.view().ruleSets().refused().isPresent() ? 1 : 0);
    Gauge.builder(PREFIX + "clock.ahead.seconds", clock, c -> c.wallAhead().toMillis() / 1000.0)
        .description("How far this machine's clock is ahead of that of the brokers")
        .register(registry);
    counter(registry, "records.applied", "Records used", follower, IndexFollower::applied);
    counter(registry, "records.rejected", "Records skipped", follower, f -> f.rejected().count());
    counter(
        registry,
        "disagreements",
        "Pairs of which matrix and rules said different things",
        verdicts,
        PairVerdicts::disagreements);
  }

  private void gauge(
      MeterRegistry registry, String name, String what, ToDoubleFunction<Snapshot> value) {
    Gauge.builder(PREFIX + name, replica, r -> value.applyAsDouble(r.snapshot()))
        .description(what)
        .register(registry);
  }

  private static <T> void counter(
      MeterRegistry registry, String name, String what, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder(PREFIX + name, source, value).description(what).register(registry);
  }
}
