package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.InconclusiveAnswer;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.records.JudgedRules;
import io.fleetcompat.records.OverrideRecords;
import io.fleetcompat.records.ProbedPairs;
import io.fleetcompat.records.ProfileContent;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Prober;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.schemas.avro.RulesRefused;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The change that one record of the index makes to a replica: data, so that it can be looked at,
 * logged and rejected by name. {@link ViewEdit#replay} is the only place that says what each does.
 *
 * <p>What follows from a record depends on nothing but the newest record of its key, since Kafka
 * may take older ones away at any time (compaction), and a replica that starts then must come to
 * the same. So a record that cannot be used does not leave in force what its key had before: that
 * was replaced by something that nobody can read. Its key then has no value, which fails closed for
 * every topic: see {@link Rejected}.
 */
public sealed interface IndexChange {

  /** The end of what a key had. */
  sealed interface Removal extends IndexChange {}

  /** A host's placement. */
  record HostPlaced(String host, Placement placement) implements IndexChange {}

  /** The end of a host's placement. */
  record HostUnplaced(String host) implements Removal {}

  /**
   * A host's heartbeat, with its capacity.
   *
   * @param at when it came, in milliseconds since 1970, by the broker's clock
   */
  record HostHeard(String host, HostCapacity capacity, long at) implements IndexChange {}

  /** The removal of a host on purpose. */
  record HostRemoved(String host, long at) implements IndexChange {}

  /** The end of what is known of a host's capacity; it says nothing of when the host was heard. */
  record CapacityUnknown(String host) implements Removal {}

  /** A profile's number and content. */
  record ProfileKnown(Fingerprint id, ProfileContent content) implements IndexChange {}

  /** The end of a profile. */
  record ProfileGone(Fingerprint id) implements Removal {}

  /** A rule set. */
  record RulesWritten(RuleSetId rules, JudgedRules content) implements IndexChange {}

  /** The end of what is known of a rule set itself. */
  record RulesUnwritten(RuleSetId rules) implements Removal {}

  /**
   * The reach of a rule set: how far the matrix is judged by it.
   *
   * @param generation all pairs of profile numbers below this are
   */
  record RulesJudged(RuleSetId rules, int generation) implements IndexChange {}

  /** The end of it: nobody knows any more how far. */
  record RulesUnjudged(RuleSetId rules) implements Removal {}

  /** A profile's row of the matrix under a rule set. */
  record RowJudged(RuleSetId rules, Fingerprint id, JudgedRow row) implements IndexChange {}

  /** The end of a profile's row. */
  record RowGone(RuleSetId rules, Fingerprint id) implements Removal {}

  /**
   * Another rule set is in force.
   *
   * @param ruleSet as it is spelled
   */
  record RulesChanged(String ruleSet) implements IndexChange {}

  /** The end of it: nobody knows any more which rule set is in force. */
  record RulesGone() implements Removal {}

  /** Newer rules are refused. */
  record RulesNotTaken(RefusedRules refused) implements IndexChange {}

  /** The end of that: the newest rules are taken. */
  record RulesTaken() implements IndexChange {}

  /** Newer rules may be refused: nobody can read whether, and why. */
  record RefusalUnreadable() implements Removal {}

  /**
   * The outcome of a question to drivers.
   *
   * @param answer what they answered; empty where all who were asked told nothing
   * @param last the host that was asked in vain last, since the last answer
   */
  record PairProbed(
      ProbePair pair, Optional<ProbeVerdict> answer, Optional<InconclusiveAnswer> last)
      implements IndexChange {}

  /** The end of what drivers answered to a question: nobody has asked, as far as anybody knows. */
  record PairUnprobed(ProbePair pair) implements Removal {}

  /** A host asks its drivers, about these profiles. */
  record HostProbes(String host, Set<Fingerprint> profiles) implements IndexChange {}

  /** A host does not ask its drivers, as far as anybody knows. */
  record HostProbesNot(String host) implements Removal {}

  /** A rule that an operator has turned off for some pairs. */
  record OverrideMade(RuleOverride override) implements IndexChange {}

  /** The end of an override: the rule counts again. */
  record OverrideRemoved(String id) implements Removal {}

  /** The health of a pool. */
  record PoolAssessed(PoolHealthRecord health) implements IndexChange {}

  /** The end of what is told of a pool. */
  record PoolForgotten(String pool) implements Removal {}

  /** A record whose key says of nothing that there is: it changes nothing. */
  record Nothing() implements Removal {}

  /**
   * A record that cannot be used. What was known under its key ends:
   *
   * <ul>
   *   <li>a row, a profile: pairs with that profile are UNKNOWN (not-indexed), never the older
   *       row's <i>yes</i>;
   *   <li>what drivers answered: nobody knows it, so the pair is UNKNOWN (opaque-unprobed);
   *   <li>that a host asks its drivers: it does not, as far as anybody knows;
   *   <li>a rule set, or how far it is judged: its rows are not believed, and answers come from
   *       another set that this process has, by its name, or every pair is UNKNOWN;
   *   <li>which set is in force: answers come from the one that is judged furthest;
   *   <li>an override: the rule counts again;
   *   <li>the health of a pool: nothing is told of it;
   *   <li>why newer rules are refused: the status says that they are, and that nobody knows why;
   *   <li>a placement: the host is not in the index, since nobody knows which profiles its
   *       endpoints have; the next document of the host heals it;
   *   <li>a heartbeat: the capacity is not known, and the host was not heard. It is not removed:
   *       that is a tombstone, and this is none.
   * </ul>
   *
   * @param instead what ends
   * @param reason what was expected and what was found
   */
  record Rejected(Removal instead, String reason) implements IndexChange {}

  static IndexChange placed(String host, Placement placement) throws BadRecordException {
    requireHost(host, placement.getHost());
    return new HostPlaced(host, placement);
  }

  static IndexChange heard(String host, HostCapacity capacity, long at) throws BadRecordException {
    requireHost(host, capacity.getHost());
    return new HostHeard(host, capacity, at);
  }

  static IndexChange profile(Fingerprint id, ProfileRecord profile) throws BadRecordException {
    return new ProfileKnown(id, ProfileContent.of(id, profile));
  }

  static IndexChange rules(RuleSetId rules, RuleSetRecord record) throws BadRecordException {
    return new RulesWritten(rules, JudgedRules.of(rules, record));
  }

  static IndexChange probed(ProbePair pair, ProbedPair record) throws BadRecordException {
    ProbedPairs.requirePair(pair, record);
    return new PairProbed(pair, ProbedPairs.answer(record), ProbedPairs.last(record));
  }

  static IndexChange prober(String host, Prober prober) throws BadRecordException {
    requireHost(host, prober.getHost());
    Set<Fingerprint> profiles = new HashSet<>();
    prober.getEndpoints().forEach(e -> profiles.add(Fingerprint.of(e.getProfile().bytes())));
    return new HostProbes(host, profiles);
  }

  static IndexChange row(RuleSetId rules, Fingerprint id, MatrixRow row) throws BadRecordException {
    return new RowJudged(rules, id, JudgedRow.of(row));
  }

  static IndexChange generation(RuleSetId rules, MatrixGeneration generation)
      throws BadRecordException {
    JudgedRules.requireName(rules, generation.getRuleSet());
    return new RulesJudged(rules, generation.getGeneration());
  }

  static IndexChange inForce(RulesInForce inForce) {
    return new RulesChanged(inForce.getRuleSet());
  }

  static IndexChange override(String id, OverrideRecord record) throws BadRecordException {
    return new OverrideMade(OverrideRecords.override(id, record));
  }

  static IndexChange health(String pool, PoolHealthRecord health) throws BadRecordException {
    if (!pool.equals(health.getPool())) {
      throw new BadRecordException(
          Code.INVALID,
          "the health of the pool that the key says: " + Quoted.of(pool),
          Quoted.of(health.getPool()));
    }
    return new PoolAssessed(health);
  }

  static IndexChange refused(RulesRefused refused) {
    return new RulesNotTaken(RefusedRules.of(refused));
  }

  private static void requireHost(String key, String host) throws BadRecordException {
    if (!host.equals(key)) {
      throw new BadRecordException(Code.HOST_MISMATCH, key, host);
    }
  }
}
