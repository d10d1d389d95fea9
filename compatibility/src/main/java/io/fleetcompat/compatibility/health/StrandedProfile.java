package io.fleetcompat.compatibility.health;

import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.Optional;

/**
 * A profile with endpoints that cannot move within the pool.
 *
 * @param endpoints those that cannot
 * @param onlyHost the host that has them, where endpoints with the profile on other hosts can move:
 *     it is the only one with a destination for them; empty where all are stranded
 * @param unknown of them those with a destination that is UNKNOWN, or may be one
 * @param alone true where no other live host has anything of their kind, vendor and type
 */
public record StrandedProfile(
    Fingerprint profile,
    EndpointCounts endpoints,
    Optional<Integer> onlyHost,
    EndpointCounts unknown,
    boolean alone) {}
