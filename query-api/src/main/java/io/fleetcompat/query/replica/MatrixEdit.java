package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.records.ProfileContent;
import java.util.Optional;

/** Changes to the matrix on the way from one image to the next. One thread. */
final class MatrixEdit {

  private MatrixImage base;
  private final Chunks.Editor<ProfileEntry> profiles;
  private final Chunks.Editor<ProbeVerdict> answers;

  MatrixEdit(MatrixImage base) {
    this.base = base;
    profiles = base.profiles().edit();
    answers = base.answers().verdicts().edit();
  }

  void setProfile(Fingerprint id, ProfileContent content) {
    int slot = base.ids().add(id);
    profiles.set(
        slot, new ProfileEntry(slot, content.number(), content.profile(), content.since()));
  }

  /** Gives the profile that was there. */
  Optional<ProfileEntry> removeProfile(Fingerprint id) {
    int slot = base.ids().find(id);
    ProfileEntry known = slot < 0 ? null : profiles.get(slot);
    if (known != null) {
      profiles.set(slot, null);
    }
    return Optional.ofNullable(known);
  }

  /** The slot of that profile, which it gets now if it is new. */
  int slot(Fingerprint id) {
    return base.ids().add(id);
  }

  /** The slot of that profile; -1 where it was never seen. */
  int find(Fingerprint id) {
    return base.ids().find(id);
  }

  /** What drivers answered to a question; what is as it was makes no other image. */
  void setAnswer(ProbePair pair, Optional<ProbeVerdict> answer) {
    Dictionary<ProbePair> places = base.answers().ids();
    int place = answer.isPresent() ? places.add(pair) : places.find(pair);
    if (place >= 0 && !answer.equals(Optional.ofNullable(answers.get(place)))) {
      answers.set(place, answer.orElse(null));
    }
  }

  /**
   * The image after everything so far; the same object where nothing is other than it was.
   *
   * @param sets the rule sets, one of which answers
   */
  MatrixImage build(RuleSetImages sets) {
    Judgement judgement = sets.judgement();
    Judgement same = judgement.equals(base.judgement()) ? base.judgement() : judgement;
    MatrixImage next =
        new MatrixImage(
            base.ids(),
            profiles.build(),
            sets.answering().rows(),
            same,
            base.ids().size(),
            new DriverAnswers(base.answers().ids(), answers.build()));
    base = next.equals(base) ? base : next;
    return base;
  }
}
