package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.health.PoolHealth;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProfileDifference;
import io.fleetcompat.query.audit.PoolDifference;
import io.fleetcompat.query.audit.PoolDifference.Named;
import java.util.List;
import java.util.Optional;

/**
 * The fleet as it would be after a change, beside the fleet as it is. Pure data.
 *
 * @param selected the hosts that the change is about
 * @param profiles that become others, those with most endpoints first
 * @param profilesOmitted those that are not told, since there are too many
 * @param notApplied parts of the change that change no profile of some of the selected hosts
 * @param drained devices of drained or removed hosts; empty where there are no such hosts
 * @param ruleSetAfter by which the verdicts of after are
 * @param pools those that the change concerns, the one that loses most first
 * @param unknown pairs of profiles of which nobody would know whether they are compatible
 */
public record WhatIfResult(
    Selected selected,
    List<ChangedProfile> profiles,
    int profilesOmitted,
    List<NotApplied> notApplied,
    Optional<Displaced> drained,
    Optional<String> ruleSetAfter,
    List<ChangedPool> pools,
    Unknown unknown) {

  /**
   * A profile that becomes another one.
   *
   * @param isNew whether no host of the fleet has the other one now
   * @param attributes in which they differ
   */
  public record ChangedProfile(
      Fingerprint from,
      Fingerprint to,
      boolean isNew,
      int hosts,
      int devices,
      int types,
      List<ProfileDifference> attributes) {}

  /**
   * A part of the change that changes no profile of some hosts.
   *
   * @param name of the attribute or module; of a kernel, its release
   * @param hosts how many of the selected ones
   */
  public record NotApplied(Kind kind, String name, int hosts) {

    /** The members of a change that give software. */
    public enum Kind {
      SET,
      UNSET,
      DRIVER,
      KERNEL
    }
  }

  /**
   * The devices that must leave their hosts.
   *
   * @param withoutDestination those that no live host of their pool would take, whatever its room
   * @param unknown those of which nobody knows that one would, or that none would
   */
  public record Displaced(int devices, Named withoutDestination, Named unknown) {}

  /**
   * A pool before and after.
   *
   * @param liveBefore hosts
   * @param liveAfter hosts
   */
  public record ChangedPool(
      PoolDifference difference,
      int liveBefore,
      int liveAfter,
      PoolHealth before,
      PoolHealth after) {

    /** The endpoints that could go somewhere and could go nowhere after the change. */
    public int newlyStranded() {
      return difference.devices().newlyStranded().total()
          + difference.types().newlyStranded().total();
    }
  }

  /**
   * Something that is missing.
   *
   * @param pairs of profiles that need it
   */
  public record Missing(Reason reason, long pairs) {}

  /**
   * The pairs of profiles that are unknown after the change.
   *
   * @param omitted what is missing and not told
   * @param unexplained pairs whose reasons were not looked at
   */
  public record Unknown(long pairs, List<Missing> missing, int omitted, long unexplained) {}
}
