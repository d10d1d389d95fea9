package io.fleetcompat.compatibility.health;

import java.util.List;

/**
 * The health of a pool (docs/pool-health.md). Endpoints of live hosts alone count, as sources and
 * as destinations. Pure data.
 *
 * @param devices of the devices that exist
 * @param types of the types that could be created
 * @param oneWayPairs the pairs of profiles of which only one direction is COMPATIBLE
 * @param families by kind, vendor and type, sorted
 * @param stranded those with most endpoints first
 * @param blockers those that would free most first
 * @param blockersOmitted reasons that are not told, since there are too many
 * @param unexplained stranded profiles whose reasons were not looked at, since there are too many
 */
public record PoolHealth(
    Movability devices,
    Movability types,
    long oneWayPairs,
    List<Family> families,
    List<StrandedProfile> stranded,
    List<Blocker> blockers,
    int blockersOmitted,
    int unexplained) {

  public PoolHealth {
    families = List.copyOf(families);
    stranded = List.copyOf(stranded);
    blockers = List.copyOf(blockers);
  }
}
