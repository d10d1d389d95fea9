package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.ProbeAnswers;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.ProbeSide;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.Optional;

/**
 * The answers of drivers, as one view has them: rows of the matrix say UNKNOWN where only a driver
 * can tell, and its answer is laid over them (ADR 0020). Immutable; any number of threads.
 *
 * @param ids the place of every question that was ever answered, shared by all views of a replica
 * @param verdicts by place
 */
record DriverAnswers(Dictionary<ProbePair> ids, Chunks<ProbeVerdict> verdicts)
    implements ProbeAnswers {

  /** Most questions whose answers a replica meets before it has to be started again. */
  static final int MAX_PAIRS = 1 << 22;

  static DriverAnswers empty() {
    return new DriverAnswers(new Dictionary<>(MAX_PAIRS), Chunks.empty());
  }

  @Override
  public Optional<ProbeVerdict> find(Profile source, Profile destination) {
    if (verdicts.size() == 0) {
      return Optional.empty();
    }
    Optional<ProbeSide> from = source.probeSide();
    Optional<ProbeSide> to = destination.probeSide();
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    return find(ProbePair.of(from.get(), to.get()));
  }

  /** The answers of drivers to a question; empty where nobody has answered. */
  Optional<ProbeVerdict> find(ProbePair pair) {
    int place = ids.find(pair);
    return place < 0 ? Optional.empty() : Optional.ofNullable(verdicts.get(place));
  }
}
