package io.fleetcompat.compatibility.health;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Likeness;
import java.util.BitSet;
import java.util.Set;

/**
 * The endpoints that the live hosts of one pool have, by profile. A profile has a slot, a small
 * number that means it for as long as the pool has it; a host has a number likewise.
 */
public interface PoolContents {

  /** The slots of the profiles that live hosts have. */
  BitSet slots();

  Fingerprint profile(int slot);

  /** The profiles of which nothing but the name is known: whatever they are, they may be. */
  BitSet unknownSlots();

  /** The kind, vendor and type of a profile. */
  Likeness likeness(int slot);

  /** The endpoints with a profile. */
  EndpointCounts endpoints(int slot);

  /** Those of them that are on a host. */
  EndpointCounts endpointsOn(int slot, int host);

  /** The hosts that have a profile. */
  HostCount hosts(int slot);

  /** Those that have it as a device, or as a type of which one more can be created now. */
  HostCount hostsWithRoom(int slot);

  /**
   * The number of different hosts in a set.
   *
   * @param slots all hosts that have any of these profiles are in it
   * @param hosts these are in it, too
   */
  int countHosts(BitSet slots, Set<Integer> hosts);
}
