package io.fleetcompat.alerts;

import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;
import java.time.Instant;
import java.util.List;

/** Invented health of pools. */
final class Health {

  private Health() {}

  /** A pool of devices. */
  static PoolHealthRecord of(String pool, int movable, int stranded, PoolFinding... findings) {
    return of(pool, movable, stranded, 1, findings);
  }

  /** A pool whose devices can all move, with so many stale hosts. */
  static PoolHealthRecord withSilent(String pool, int movable, int stale) {
    return of(pool, movable, 0, stale);
  }

  private static PoolHealthRecord of(
      String pool, int movable, int stranded, int stale, PoolFinding... findings) {
    return new PoolHealthRecord(
        pool,
        "5[]",
        Instant.EPOCH,
        4,
        stale,
        2,
        0,
        new PoolMovability(movable + stranded, movable, stranded, 0, 0),
        new PoolMovability(0, 0, 0, 0, 0),
        0L,
        List.of(),
        0,
        List.of(),
        0,
        List.of(),
        0,
        0,
        List.of(findings));
  }
}
