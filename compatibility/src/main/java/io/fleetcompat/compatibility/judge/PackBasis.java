package io.fleetcompat.compatibility.judge;

import java.util.List;
import java.util.Optional;

/**
 * The pack that a reason comes from.
 *
 * @param pack id and version, spelled {@code nvidia-mdev@1}
 * @param failure when a migration would fail of it; empty where no document says so
 * @param documents the citations that the rule rests on
 */
public record PackBasis(String pack, Optional<Failure> failure, List<String> documents) {

  public PackBasis {
    documents = List.copyOf(documents);
  }

  /** The time at which a migration would fail. */
  public enum Failure {
    /** Before the source stops. */
    EARLY("early"),
    /** While the source is stopped already; it resumes there. */
    LATE("late");

    private final String spelling;

    Failure(String spelling) {
      this.spelling = spelling;
    }

    @Override
    public String toString() {
      return spelling;
    }
  }
}
