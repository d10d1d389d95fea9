package io.fleetcompat.records;

import io.fleetcompat.compatibility.judge.DriverAnswer;
import io.fleetcompat.compatibility.judge.InconclusiveAnswer;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.ProbeKey;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The meaning of records that say what drivers answered. Pure. */
public final class ProbedPairs {

  private ProbedPairs() {}

  public static ProbePair pair(ProbeKey key) {
    return new ProbePair(Fingerprint.parse(key.string()), Fingerprint.parse(key.destination()));
  }

  /**
   * @throws BadRecordException if a record is of another question than its key says
   */
  public static void requirePair(ProbePair pair, ProbedPair record) throws BadRecordException {
    ProbePair own =
        new ProbePair(Fingerprint.of(record.getSource()), Fingerprint.of(record.getDestination()));
    if (!own.equals(pair)) {
      throw new BadRecordException(Code.INVALID, "the answers of " + pair, "those of " + own);
    }
  }

  /** The answers in a record; empty where it has none. */
  public static Optional<ProbeVerdict> answer(ProbedPair record) {
    return record.getAnswers().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ProbeVerdict(record.getAnswers().stream().map(ProbedPairs::answer).toList()));
  }

  /** The last host that was asked in vain, in a record. */
  public static Optional<InconclusiveAnswer> last(ProbedPair record) {
    return Optional.ofNullable(record.getInconclusive())
        .map(
            probe ->
                new InconclusiveAnswer(
                    probe.getHost(),
                    probe.getEndpoint(),
                    seconds(probe.getAt()),
                    probe.getName(),
                    probe.getDetail()));
  }

  private static String seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static DriverAnswer answer(ProbedAnswer answer) {
    return new DriverAnswer(
        answer.getHost(),
        answer.getEndpoint(),
        seconds(answer.getAt()),
        answer.getErrno(),
        answer.getName());
  }
}
