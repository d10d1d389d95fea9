package io.fleetcompat.compatibility.claim;

import io.fleetcompat.compatibility.judge.Migratability;

/** A claim about a device, beside what its driver shows. */
public record ClaimCheck(Claim declared, Migratability observed) {

  /** The results of a comparison. */
  public enum Finding {
    CONFIRMED("confirmed"),
    CONTRADICTED("contradicted"),
    /** The driver does not show it: a claim is never contradicted by what is missing. */
    NOT_COMPARED("not-compared");

    private final String spelling;

    Finding(String spelling) {
      this.spelling = spelling;
    }

    @Override
    public String toString() {
      return spelling;
    }
  }

  /** The result. */
  public Finding finding() {
    return switch (observed.shown()) {
      case UNKNOWN -> Finding.NOT_COMPARED;
      case MIGRATABLE -> declared == Claim.YES ? Finding.CONFIRMED : Finding.CONTRADICTED;
      case NOT_MIGRATABLE -> declared == Claim.NO ? Finding.CONFIRMED : Finding.CONTRADICTED;
    };
  }
}
