package io.fleetcompat.indexer.judge;

import java.time.Duration;

/**
 * The operator's choices of how profiles are judged and kept.
 *
 * @param keepPrevious how long the rows of rules that are no longer in force are kept
 * @param maxProfiles beyond which new ones are refused: they stay UNKNOWN
 * @param gcAfter how long a profile that no host has is kept
 */
public record JudgeOptions(Duration keepPrevious, int maxProfiles, Duration gcAfter) {

  public JudgeOptions {
    if (maxProfiles < 1) {
      throw new IllegalArgumentException(
          "expected max-profiles of 1 or more, found " + maxProfiles);
    }
    if (gcAfter.isNegative() || keepPrevious.isNegative()) {
      throw new IllegalArgumentException(
          "expected gc-after and rules.keep-previous of 0 or more, found %s, %s"
              .formatted(gcAfter, keepPrevious));
    }
  }
}
