package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.health.PoolAssessment;
import io.fleetcompat.compatibility.health.PoolHealth;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHost;
import java.util.List;

/**
 * A pool while the task runs: who is in it, and the verdicts of its profiles. One stream thread.
 */
final class PoolState {

  private final PoolMembership members;
  private final PoolPairs pairs;
  private final PoolFindings findings = new PoolFindings();

  PoolState(PoolMembership members, PoolPairs.PairVerdicts judge) {
    this.members = members;
    this.pairs = new PoolPairs(members::profile, judge);
  }

  PoolMembership members() {
    return members;
  }

  /** Adds a host; gives the profiles that the pool did not have. */
  List<Fingerprint> add(PoolHost host) {
    findings.add(host);
    List<Integer> appeared = members.add(host);
    appeared.forEach(pairs::add);
    return appeared.stream().map(members::profile).toList();
  }

  /** Takes out a host; gives the profiles that the pool has no more. */
  List<Fingerprint> remove(PoolHost host) {
    findings.remove(host);
    List<Integer> vanished = members.remove(host);
    vanished.forEach(pairs::remove);
    return vanished.stream().map(members::profile).toList();
  }

  /** Judges a profile anew: something that its verdicts depend on has changed. */
  void renew(Fingerprint profile) {
    members.slot(profile).ifPresent(pairs::renew);
  }

  /** Judges all profiles anew: something that all verdicts depend on has changed. */
  void renewAll(PoolPairs.PairVerdicts judge) {
    pairs.renewAll(judge);
  }

  /** Judges on until a time of {@link System#nanoTime}; true where nothing is left to judge. */
  boolean judge(long end) {
    while (!pairs.isJudged()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pairs.judgeNext();
    }
    return true;
  }

  /** The findings about its hosts. */
  List<PoolFinding> findings(PoolInputs inputs, Judge judge) {
    return findings.all(
        inputs, judge, members.slots().stream().mapToObj(members::profile).toList());
  }

  PoolHealth assess() {
    PoolHealth health = PoolAssessment.of(members, pairs);
    members.endAssessment();
    return health;
  }
}
