package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Satisfied;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.Optional;

/** The answer of the index for a migration that has been made, or why it had none. */
public sealed interface Prediction {

  /**
   * The answer.
   *
   * @param verdict what a check answers, without what operators have turned off
   * @param ruleSet the rules that it is by; empty where none had judged
   * @param satisfied the rules that the pair satisfies, whatever the verdict
   */
  record Made(
      Verdict verdict,
      Optional<String> ruleSet,
      PredictedSide source,
      Optional<PredictedSide> destination,
      List<Satisfied> satisfied)
      implements Prediction {}

  /**
   * The index cannot say what it would have answered.
   *
   * @param why in words for people
   */
  record Missing(String why) implements Prediction {}

  /**
   * The profile of one side.
   *
   * @param content empty where it is not known
   */
  record PredictedSide(Fingerprint profile, Optional<Profile> content) {}
}
