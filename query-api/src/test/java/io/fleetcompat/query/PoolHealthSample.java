package io.fleetcompat.query;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.avro.BlockerOutcome;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.PoolBlocker;
import io.fleetcompat.schemas.avro.PoolFamily;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;
import io.fleetcompat.schemas.avro.StrandedMember;
import java.time.Instant;
import java.util.List;

/** The health of invented pools. */
public final class PoolHealthSample {

  private PoolHealthSample() {}

  /**
   * A pool in which some types of one profile cannot move.
   *
   * @param groups more than one: it has split
   */
  public static PoolHealthRecord of(String pool, Fingerprint profile, int stranded, int groups) {
    return new PoolHealthRecord(
        pool,
        "5[]",
        Instant.EPOCH,
        4,
        1,
        0,
        0,
        new PoolMovability(0, 0, 0, 0, 0),
        new PoolMovability(20, 20 - stranded, stranded, 1, 2),
        1L,
        List.of(new PoolFamily("mdev", "8086", "i915-GVTg_V5_4", 3, groups, 1)),
        0,
        List.of(
            new StrandedMember(
                new FingerprintBytes(profile.bytes()), 0, stranded, null, 0, 1, false)),
        0,
        List.of(
            new PoolBlocker(
                BlockerOutcome.INCOMPATIBLE,
                "software-version",
                "software_version",
                "1.3.0",
                "1.2.9",
                "destination minor 2 is below source minor 3",
                "docs/rules.md#3.1",
                0,
                stranded,
                0,
                stranded,
                1,
                2)),
        0,
        0,
        List.of());
  }
}
