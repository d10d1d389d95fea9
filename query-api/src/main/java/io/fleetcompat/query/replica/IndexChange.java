package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.ProfileRecord;

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

  /** A profile's row of the matrix. */
  record RowJudged(Fingerprint id, JudgedRow row) implements IndexChange {}

  /** The end of a profile's row. */
  record RowGone(Fingerprint id) implements Removal {}

  /** The rules of the matrix, and how far it is judged under them. */
  record RulesChanged(Judgement judgement) implements IndexChange {}

  /** The end of the matrix: nobody knows any more under which rules its rows are. */
  record RulesGone() implements Removal {}

  /** What drivers answered to a question. */
  record PairProbed(ProbePair pair, ProbeVerdict verdict) implements IndexChange {}

  /** The end of what drivers answered to a question: nobody has asked, as far as anybody knows. */
  record PairUnprobed(ProbePair pair) implements Removal {}

  /** A record without a key that says what it is of: it changes nothing. */
  record Nothing() implements Removal {}

  /**
   * A record that cannot be used. What was known under its key ends:
   *
   * <ul>
   *   <li>a row, a profile: pairs with that profile are UNKNOWN (not-indexed), never the older
   *       row's <i>yes</i>;
   *   <li>the generation: every pair is, since nobody knows under which rules the rows are by now;
   *   <li>what drivers answered: nobody knows it, so the pair is UNKNOWN (opaque-unprobed);
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

  static IndexChange row(Fingerprint id, MatrixRow row) throws BadRecordException {
    return new RowJudged(id, JudgedRow.of(row));
  }

  static IndexChange probed(ProbePair pair, ProbedPair record) throws BadRecordException {
    return new PairProbed(pair, ProbedPairs.verdict(pair, record));
  }

  static IndexChange generation(MatrixGeneration generation) {
    return new RulesChanged(Judgement.of(generation));
  }

  private static void requireHost(String key, String host) throws BadRecordException {
    if (!host.equals(key)) {
      throw new BadRecordException(Code.HOST_MISMATCH, key, host);
    }
  }
}
