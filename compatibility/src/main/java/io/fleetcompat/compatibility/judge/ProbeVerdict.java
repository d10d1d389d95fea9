package io.fleetcompat.compatibility.judge;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that drivers answered to one question: first one host's, then one that confirms it or not.
 *
 * @param answers at least one
 */
public record ProbeVerdict(List<DriverAnswer> answers) {

  public ProbeVerdict {
    answers = List.copyOf(answers);
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("expected an answer, found none");
    }
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

  /** Every answer in words, in the order in which they came. */
  @Override
  public String toString() {
    return answers.stream().map(DriverAnswer::toString).collect(Collectors.joining("; "));
  }
}
