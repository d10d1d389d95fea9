package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.DriverAnswer;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import java.time.temporal.ChronoUnit;

/** The meaning of records that say what drivers answered. Pure. */
final class ProbedPairs {

  private ProbedPairs() {}

  static ProbePair pair(ProbeKey key) {
    return new ProbePair(Fingerprint.parse(key.string()), Fingerprint.parse(key.destination()));
  }

  /**
   * The answers in a record.
   *
   * @throws BadRecordException if it is of another question than its key says
   */
  static ProbeVerdict verdict(ProbePair pair, ProbedPair record) throws BadRecordException {
    ProbePair own =
        new ProbePair(Fingerprint.of(record.getSource()), Fingerprint.of(record.getDestination()));
    if (!own.equals(pair)) {
      throw new BadRecordException(Code.INVALID, "the answers of " + pair, "those of " + own);
    }
    return new ProbeVerdict(record.getAnswers().stream().map(ProbedPairs::answer).toList());
  }

  private static DriverAnswer answer(ProbedAnswer answer) {
    return new DriverAnswer(
        answer.getHost(),
        answer.getEndpoint(),
        answer.getAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        answer.getErrno(),
        answer.getName());
  }
}
