package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.judge.OverridingJudge;
import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.compatibility.profile.VersionAttributes;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.ViewPool;
import io.fleetcompat.query.whatif.BaselineFamily.Range;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The ranges of versions within which the hosts of a family may differ. One thread. */
final class VersionRanges {

  private final ViewPool pool;
  private final OverridingJudge judge;
  private final Deadline deadline;

  VersionRanges(ViewPool pool, OverridingJudge judge, Deadline deadline) {
    this.pool = pool;
    this.judge = judge;
    this.deadline = deadline;
  }

  /**
   * The range around a version; empty where the attribute is no version that has an order.
   *
   * @param then with all values of the baseline
   * @param all also the profiles that were not looked at: a version that only they have is between
   *     others all the same
   */
  Optional<Range> around(String name, String value, FamilyMembers then, Collection<Profile> all) {
    if (!hasOrder(name)) {
      return Optional.empty();
    }
    HostsByValue hosts = HostsByValue.of(name, then, pool);
    return BaselineRange.of(
            value,
            values(name, all),
            hosts::count,
            new MixedVersions(name, then.profiles(), judge),
            deadline)
        .map(
            found ->
                new Range(
                    found.values(), found.notJudged(), hosts.givenUp(Set.copyOf(found.values()))));
  }

  /** True of versions that rules compare: not of strings that only their drivers understand. */
  private static boolean hasOrder(String attribute) {
    return VersionAttributes.contains(attribute)
        && !attribute.equals(OpaqueVersion.MIGRATION_VERSION);
  }

  private Set<String> values(String name, Collection<Profile> profiles) {
    Set<String> values = new TreeSet<>();
    for (Profile profile : profiles) {
      deadline.check();
      values.add(EditedProfile.values(profile).getOrDefault(name, ""));
    }
    return values;
  }
}
