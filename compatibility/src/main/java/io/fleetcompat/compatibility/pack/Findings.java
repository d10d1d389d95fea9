package io.fleetcompat.compatibility.pack;

import java.util.List;
import java.util.stream.Collectors;

/** The findings of both sides as one: failed beats unjudged beats satisfied. */
final class Findings {

  private Findings() {}

  /**
   * @param findings of one side or of both
   */
  static Finding both(List<Finding> findings) {
    List<String> failures =
        findings.stream()
            .filter(Finding.Failed.class::isInstance)
            .map(Finding::detail)
            .collect(Collectors.toList());
    if (!failures.isEmpty()) {
      return new Finding.Failed(String.join(", ", failures));
    }
    List<Finding.Unjudged> unjudged =
        findings.stream()
            .filter(Finding.Unjudged.class::isInstance)
            .map(Finding.Unjudged.class::cast)
            .toList();
    if (unjudged.isEmpty()) {
      return findings.getFirst();
    }
    Finding.Unjudged worst = unjudged.getFirst();
    for (Finding.Unjudged other : unjudged) {
      worst = other.state().compareTo(worst.state()) < 0 ? other : worst;
    }
    boolean alike = unjudged.size() == 2 && unjudged.get(0).state() == unjudged.get(1).state();
    return alike
        ? new Finding.Unjudged(
            worst.state(),
            Side.BOTH,
            unjudged.stream().map(Finding::detail).distinct().collect(Collectors.joining(", ")))
        : worst;
  }
}
