package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.query.lookup.ViewPool;
import io.fleetcompat.query.whatif.FamilyMembers.Member;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * The hosts that have each value of an attribute now; an empty value for none. One thread.
 *
 * @param hosts changed by nobody
 */
record HostsByValue(SortedMap<String, RoaringBitmap> hosts) {

  /** The hosts of these members in a pool. */
  static HostsByValue of(String name, FamilyMembers family, ViewPool pool) {
    SortedMap<String, RoaringBitmap> hosts = new TreeMap<>();
    for (Member member : family.members()) {
      String has = EditedProfile.values(member.now()).getOrDefault(name, "");
      hosts.computeIfAbsent(has, _ -> new RoaringBitmap()).or(pool.hostsOf(member.slot()));
    }
    return new HostsByValue(hosts);
  }

  /** The number of hosts that have a value. */
  int count(String value) {
    return Optional.ofNullable(hosts.get(value)).map(RoaringBitmap::getCardinality).orElse(0);
  }

  /** The number of hosts that have each of the other values. */
  SortedMap<String, Integer> givenUp(Set<String> kept) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    hosts.forEach(
        (value, of) -> {
          if (!kept.contains(value)) {
            counts.put(value, of.getCardinality());
          }
        });
    return counts;
  }
}
