package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.profile.Profile;
import java.util.Optional;

/**
 * The answers of drivers that a judge knows of: those of the index, that of one comparison, or
 * {@link #NONE}. The same answers give the same verdicts.
 */
public interface ProbeAnswers {

  /** The answers of whoever has asked nobody. */
  ProbeAnswers NONE = (source, destination) -> Optional.empty();

  /** The answers to the question whether that destination's driver takes that source's string. */
  Optional<ProbeVerdict> find(Profile source, Profile destination);

  /** The progress of that question, for whoever asks why there is no answer. */
  default ProbeProgress progress(Profile source, Profile destination) {
    return ProbeProgress.NOT_KNOWN;
  }
}
