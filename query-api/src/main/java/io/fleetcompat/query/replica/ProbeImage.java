package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.InconclusiveAnswer;
import io.fleetcompat.compatibility.judge.ProbeProgress;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.ProbeSide;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.Optional;

/**
 * The asking of drivers as one view has it, beside their answers. It explains verdicts and decides
 * none, so what is made of the matrix is not made anew where this changes. Immutable; any number of
 * threads.
 *
 * @param ids the place of every question that was ever asked in vain, shared by all views of a
 *     replica
 * @param inconclusive the last host that told nothing since the last answer, by place
 * @param askable the classes that can be asked
 */
public record ProbeImage(
    Dictionary<ProbePair> ids, Chunks<InconclusiveAnswer> inconclusive, AskableClasses askable) {

  static ProbeImage empty() {
    return new ProbeImage(
        new Dictionary<>(DriverAnswers.MAX_PAIRS), Chunks.empty(), AskableClasses.none());
  }

  /** The progress of the question that two profiles lead to. */
  ProbeProgress progress(Profile source, Profile destination) {
    Optional<ProbeSide> from = source.probeSide();
    Optional<ProbeSide> to = destination.probeSide();
    if (from.isEmpty() || to.isEmpty() || !from.get().mayBeAskedOf(to.get())) {
      return ProbeProgress.NOT_KNOWN;
    }
    return new ProbeProgress(
        find(ProbePair.of(from.get(), to.get())),
        askable.contains(to.get().destination())
            ? ProbeProgress.Probers.SOME
            : ProbeProgress.Probers.NONE);
  }

  /** The last host that was asked in vain since the last answer. */
  Optional<InconclusiveAnswer> find(ProbePair pair) {
    return Optional.ofNullable(inconclusive.get(ids.find(pair)));
  }
}
