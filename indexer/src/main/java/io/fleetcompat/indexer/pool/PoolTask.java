package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.health.PoolHealth;
import io.fleetcompat.compatibility.judge.OverridingJudge;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.override.OverridesInForce;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.FaultTraces;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.tick.WorkShare;
import io.fleetcompat.records.JudgedRules;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHost;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The pools while the task runs: who is in them, what their verdicts depend on, and which of them
 * have changed since their health was told. What is in memory follows from the stores alone, so a
 * restart tells nothing that was told. One stream thread; the counts are read by any.
 */
final class PoolTask implements InputRecords.Taker {

  /** The longest that one tick may work: the task must commit, and answer the group, in between. */
  private static final Duration TICK_BUDGET = Duration.ofMillis(100);

  /** The time for which a pool waits for the contents of profiles that have just come. */
  private static final Duration INCOMPLETE = Duration.ofSeconds(5);

  /**
   * The rest after assessing, in spells of it: its cost depends on how many profiles a pool has, so
   * pools that change all the time are assessed less often, not at the expense of documents.
   */
  private static final int REST = 4;

  private final PoolStores stores;
  private final ToldHealths told;
  private final IndexerMetrics metrics;
  private final FaultTraces traces = new FaultTraces();
  private final PoolInputs inputs = new PoolInputs();
  private final ExplainedPairs explained = new ExplainedPairs();
  private final HostNumbers numbers = new HostNumbers();
  private final Map<String, PoolState> pools = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final WorkShare assessing = new WorkShare(REST);

  /** The pools in which live hosts have each profile. */
  private final Map<Fingerprint, Set<String>> poolsWith = new HashMap<>();

  private volatile int count;
  private volatile int waiting;

  /** The rules and overrides that the pools' verdicts are by. */
  private Optional<Basis> basis = Optional.empty();

  private record Basis(PoolInputs.InForce rules, OverridesInForce overrides) {

    boolean isSame(Basis other) {
      return rules.equals(other.rules) && overrides.all().equals(other.overrides.all());
    }
  }

  /** The time since which a pool has lacked contents of profiles, by pool, in milliseconds. */
  private final Map<String, Long> incompleteSince = new HashMap<>();

  private PoolTask(PoolStores stores, ToldHealths told, IndexerMetrics metrics) {
    this.stores = stores;
    this.told = told;
    this.metrics = metrics;
  }

  /** Takes up what is stored; the inputs come after that, by {@link InputRecords}. */
  static PoolTask load(PoolStores stores, ToldHealths told, IndexerMetrics metrics) {
    PoolTask task = new PoolTask(stores, told, metrics);
    stores.forEachHost(task::add);
    // A pool may have been told whose last host went, and nothing could be told any more.
    stores.forEachHealth(task.changed::add);
    return task;
  }

  /** Takes the part of a host in its pool; empty where it is in none. */
  void host(String host, Optional<PoolHost> now) {
    Optional<PoolHost> before = stores.host(host);
    if (before.equals(now)) {
      if (now.isEmpty() && stores.knowsOf(host)) {
        stores.removeHost(host); // it cannot be read, and there is none any more
      }
      return;
    }
    before.ifPresent(this::remove);
    now.ifPresentOrElse(stores::putHost, () -> stores.removeHost(host));
    now.ifPresentOrElse(this::add, () -> numbers.free(host));
  }

  private void add(PoolHost host) {
    for (Fingerprint appeared : pools.computeIfAbsent(host.getPool(), this::open).add(host)) {
      poolsWith.computeIfAbsent(appeared, _ -> new HashSet<>()).add(host.getPool());
    }
    changed.add(host.getPool());
    count = pools.size();
  }

  private void remove(PoolHost host) {
    PoolState pool = pool(host.getPool());
    for (Fingerprint vanished : pool.remove(host)) {
      poolsWith.computeIfPresent(
          vanished, (_, of) -> of.remove(host.getPool()) && of.isEmpty() ? null : of);
    }
    if (pool.members().isEmpty()) {
      pools.remove(host.getPool());
      count = pools.size();
    }
    changed.add(host.getPool());
  }

  private PoolState open(String pool) {
    PoolMembership members =
        new PoolMembership(
            numbers,
            host -> stores.host(host).orElseThrow(),
            inputs::likeness,
            id -> inputs.profile(id).isPresent());
    return new PoolState(members, judge(pool));
  }

  private PoolPairs.PairVerdicts judge(String pool) {
    return new PoolJudge(
        pool,
        inputs,
        basis.map(
            known -> new OverridingJudge(known.rules().judge(), inputs, known.overrides(), pool)),
        explained,
        metrics,
        traces);
  }

  @Override
  public void profile(Fingerprint id, Optional<Profile> content) {
    if (content.isPresent() && inputs.profile(id).isPresent()) {
      return; // its name says its content
    }
    content.ifPresentOrElse(
        profile -> inputs.setProfile(id, profile), () -> inputs.removeProfile(id));
    renew(Set.of(id));
  }

  @Override
  public void answer(ProbePair pair, Optional<ProbeVerdict> verdict) {
    verdict.ifPresentOrElse(
        answer -> inputs.setAnswer(pair, answer), () -> inputs.removeAnswer(pair));
    explained.clear();
    renew(inputs.profilesWithString(pair.string()));
  }

  private void renew(Set<Fingerprint> profiles) {
    for (Fingerprint profile : profiles) {
      for (String name : poolsWith.getOrDefault(profile, Set.of())) {
        pool(name).renew(profile);
        changed.add(name);
      }
    }
  }

  private PoolState pool(String name) {
    return Objects.requireNonNull(pools.get(name), name);
  }

  @Override
  public void override(String id, Optional<RuleOverride> override) {
    override.ifPresentOrElse(inputs::setOverride, () -> inputs.removeOverride(id));
  }

  @Override
  public void rules(RuleSetId id, Optional<JudgedRules> rules) {
    rules.ifPresentOrElse(content -> inputs.setRules(id, content), () -> inputs.removeRules(id));
  }

  @Override
  public void inForce(Optional<String> ruleSet) {
    inputs.setInForce(ruleSet);
  }

  /** True where a tick would do something. */
  boolean hasWork(long now) {
    return isOther(basis(now)) || (basis.isPresent() && !changed.isEmpty());
  }

  private Optional<Basis> basis(long now) {
    return inputs.inForce().map(rules -> new Basis(rules, inputs.overrides(now)));
  }

  private boolean isOther(Optional<Basis> newest) {
    return (basis.isPresent() && newest.isPresent())
        ? !newest.get().isSame(basis.get())
        : newest.isPresent() != basis.isPresent();
  }

  /** Judges and assesses pools that have changed, as many as the time is enough for. */
  void tick(long now) {
    Optional<Basis> newest = basis(now);
    if (isOther(newest)) {
      basis = newest;
      explained.clear();
      pools.forEach((name, pool) -> pool.renewAll(judge(name)));
      changed.addAll(pools.keySet());
    }
    if (basis.isPresent()) {
      tellChanged(now);
    }
    waiting = changed.size();
  }

  private void tellChanged(long now) {
    boolean mayAssess = !assessing.isResting(now);
    long end = System.nanoTime() + TICK_BUDGET.toNanos();
    for (String name : List.copyOf(changed)) {
      if (System.nanoTime() > end) {
        break;
      }
      if (!isHeldBack(name, now)) {
        Optional<PoolState> pool = Optional.ofNullable(pools.get(name));
        if (pool.isPresent() && !pool.get().judge(end)) {
          break;
        }
        if (pool.isEmpty() || mayAssess) {
          pool.ifPresentOrElse(found -> tell(name, found, now), () -> told.withdraw(name, now));
          changed.remove(name);
        }
      }
    }
    assessing.endSpell(now);
  }

  /** True of a pool that lacks contents which are likely to come at once. */
  private boolean isHeldBack(String name, long now) {
    PoolState pool = pools.get(name);
    if (pool == null || pool.members().isComplete()) {
      incompleteSince.remove(name);
      return false;
    }
    return now - incompleteSince.computeIfAbsent(name, _ -> now) < INCOMPLETE.toMillis();
  }

  /**
   * Tells the health of a pool, all of whose pairs are judged, where it is another than was told.
   */
  private void tell(String name, PoolState pool, long now) {
    long begin = System.nanoTime();
    PoolHealth health = pool.assess();
    String ruleSet = basis.orElseThrow().rules().ruleSet();
    int notAssessed = pool.members().unknownSlots().cardinality();
    List<PoolFinding> findings = pool.findings(inputs, basis.orElseThrow().rules().judge());
    told.tell(
        name,
        since ->
            HealthRecords.record(
                name, ruleSet, pool.members(), notAssessed, health, findings, since),
        now);
    assessing.add(System.nanoTime() - begin);
  }

  /** The number of pools; asked by any thread. */
  int pools() {
    return count;
  }

  /** The number of pools whose newest state is not told yet. */
  int waiting() {
    return waiting;
  }
}
