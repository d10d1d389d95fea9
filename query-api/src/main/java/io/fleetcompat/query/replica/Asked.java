package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.ProbeProgress;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import java.util.Optional;

/**
 * All that is known of the question to drivers that a pair of profiles leads to.
 *
 * @param answer what they answered; empty where nobody has
 * @param progress who was asked in vain since, and whether anybody can be
 */
public record Asked(Optional<ProbeVerdict> answer, ProbeProgress progress) {

  /** Of a pair that leads to no question, or of which nothing is known. */
  public static final Asked NOBODY = new Asked(Optional.empty(), ProbeProgress.NOT_KNOWN);
}
