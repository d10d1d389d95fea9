package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import java.util.Arrays;
import java.util.List;

/**
 * A host with one endpoint for each source. The better fit comes first: a certain one, then the
 * better groups, source by source, then more capacity, then the host's name.
 *
 * @param fit the endpoints' indexes in the host's table, and whether they are certain
 * @param groups the numbers of their profiles' groups in the rankings of the sources
 * @param capacity of all of them together
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record HostFit(Host host, SharedRoom.Fit fit, int[] groups, long capacity)
    implements Comparable<HostFit> {

  static HostFit of(Host host, SharedRoom.Fit fit, List<SourceRanking> rankings) {
    int[] chosen = fit.chosen();
    int[] groups = new int[chosen.length];
    long capacity = 0;
    for (int i = 0; i < chosen.length; i++) {
      IndexedEndpoint endpoint = IndexedEndpoint.of(host, chosen[i]);
      groups[i] = rankings.get(i).group(endpoint.slot(), host);
      capacity += endpoint.capacity();
    }
    return new HostFit(host, fit, groups, capacity);
  }

  boolean isCertain() {
    return fit.doubts().isEmpty();
  }

  @Override
  public int compareTo(HostFit other) {
    int byDoubt = Boolean.compare(other.isCertain(), isCertain());
    if (byDoubt != 0) {
      return byDoubt;
    }
    int byGroups = Arrays.compare(groups, other.groups);
    if (byGroups != 0) {
      return byGroups;
    }
    int byCapacity = Long.compare(other.capacity, capacity);
    return byCapacity != 0 ? byCapacity : host.name().compareTo(other.host.name());
  }
}
