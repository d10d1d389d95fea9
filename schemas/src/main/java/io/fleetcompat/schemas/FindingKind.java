package io.fleetcompat.schemas;

import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.util.Optional;

/** The kinds of findings about hosts of a pool (docs/pool-health.md). */
public enum FindingKind {
  /** A host that is stale or lost. */
  STALE_HOST("stale-host"),
  /** A host whose name two collectors use. */
  TWIN_HOST("twin-host"),
  /** A host under whose name two documents with one version were sent. */
  CONFLICTING_DOCUMENTS("conflicting-documents"),
  /** A host under whose name records came without the mark of its key, or old ones again. */
  FALSE_SPEAKER("false-speaker"),
  /** A question to drivers with answers that disagree. */
  PROBE_CONFLICT("probe-conflict"),
  /** A device that is declared the contrary of what its driver shows. */
  DECLARED_NOT_OBSERVED("declared-not-observed");

  private final String spelling;

  FindingKind(String spelling) {
    this.spelling = spelling;
  }

  /** The finding of this kind in a pool's health. */
  public Optional<PoolFinding> in(PoolHealthRecord health) {
    return health.getFindings().stream()
        .filter(each -> each.getFinding().equals(spelling))
        .findFirst();
  }

  @Override
  public String toString() {
    return spelling;
  }
}
