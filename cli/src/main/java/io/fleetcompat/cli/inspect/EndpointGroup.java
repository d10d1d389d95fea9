package io.fleetcompat.cli.inspect;

import io.fleetcompat.compatibility.claim.ClaimCheck;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Endpoints of which the same was read: shown once.
 *
 * @param members sorted by name
 * @param seen what was read, where it was read of the first of them
 * @param toItself the verdict for a move to an equal endpoint: what it lacks, lacks for any answer
 * @param pack the rule pack that answers for it; empty where its driver declares something itself,
 *     or no pack fits
 * @param claim what is declared of each of them, beside what the driver shows
 * @param capacity of those whose capacity is known
 */
record EndpointGroup(
    EndpointKind kind,
    List<Endpoint> members,
    Profile profile,
    List<Seen> seen,
    Optional<RulePack> pack,
    Verdict toItself,
    Optional<ClaimCheck> claim,
    SortedMap<EndpointName, Integer> capacity) {

  /** The names of the members: {@code DEVICES}, or {@code {PARENTS}/TYPE}. */
  String names() {
    if (members.size() == 1) {
      return members.getFirst().name().toString();
    }
    EndpointName first = members.getFirst().name();
    return first.parent().isEmpty()
        ? FoldedNames.of(members.stream().map(member -> member.name().name()).toList())
        : "{%s}/%s"
            .formatted(
                FoldedNames.of(
                    members.stream().map(member -> member.name().parent().orElse("")).toList()),
                EndpointName.encode(first.name()));
  }

  /** The different capacities that members have, in order. */
  SortedSet<Integer> capacities() {
    return new TreeSet<>(capacity.values());
  }
}
