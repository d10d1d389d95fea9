package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Policy;
import java.time.Duration;
import java.util.Set;

/**
 * The operator's choices of how profiles are judged and kept.
 *
 * @param policies of the judge
 * @param maxProfiles beyond which new ones are refused: they stay UNKNOWN
 * @param gcAfter how long a profile that no host has is kept
 */
public record JudgeOptions(Set<Policy> policies, int maxProfiles, Duration gcAfter) {

  public JudgeOptions {
    policies = Set.copyOf(policies);
    if (maxProfiles < 1) {
      throw new IllegalArgumentException(
          "expected max-profiles of 1 or more, found " + maxProfiles);
    }
    if (gcAfter.isNegative()) {
      throw new IllegalArgumentException("expected gc-after of 0 or more, found " + gcAfter);
    }
  }
}
