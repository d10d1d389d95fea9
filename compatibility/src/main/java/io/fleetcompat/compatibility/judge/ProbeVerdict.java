package io.fleetcompat.compatibility.judge;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that drivers answered to one question: first one host's, then one that confirms it or not.
 *
 * @param answers at least one
 * @param ofDestination true where the destination itself was asked, and not another of its class
 */
public record ProbeVerdict(List<DriverAnswer> answers, boolean ofDestination) {

  public ProbeVerdict {
    answers = List.copyOf(answers);
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("expected an answer, found none");
    }
  }

  /** The answers of hosts whose devices are of the destination's class. */
  public ProbeVerdict(List<DriverAnswer> answers) {
    this(answers, false);
  }

  /** The common answer of the hosts, or that there is none. */
  public enum Consensus {
    ACCEPTED,
    REFUSED,
    CONFLICT
  }

  public Consensus consensus() {
    long accepted = answers.stream().filter(DriverAnswer::isAccepted).count();
    if (accepted == 0) {
      return Consensus.REFUSED;
    }
    return accepted == answers.size() ? Consensus.ACCEPTED : Consensus.CONFLICT;
  }

  /** True where more than one host has answered, or the destination itself. */
  public boolean isConfirmed() {
    return ofDestination || answers.stream().map(DriverAnswer::host).distinct().count() > 1;
  }

  /** Every answer in words, in the order in which they came. */
  @Override
  public String toString() {
    return answers.stream().map(DriverAnswer::toString).collect(Collectors.joining("; "));
  }
}
