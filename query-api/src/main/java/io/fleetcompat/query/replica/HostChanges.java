package io.fleetcompat.query.replica;

import static java.util.stream.Collectors.toMap;

import io.fleetcompat.query.replica.keys.KeyOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The changes that the touched hosts of a batch make to the fleet and its pools. One thread. */
final class HostChanges {

  private final FleetImage old;
  private final KeyOrder order;
  private final Chunks.Editor<Host> hosts;
  private final Chunks.Editor<ToldCapacities> unplaced;
  private final MembershipEdit fleet;
  private final Map<String, MembershipEdit> pools = new HashMap<>();
  private final ClaimCounts.Edit claims;
  private final ProblemCounts.Edit problems;
  private final RenamedHosts.Edit renamed;
  private int endpointsAdded;
  private int refusingAdded;

  HostChanges(FleetImage old, Collection<HostEntry> entries) {
    this.old = old;
    order = old.names().order();
    hosts = old.hosts().edit();
    unplaced = old.unplaced().edit();
    fleet = new MembershipEdit(old.members());
    claims = new ClaimCounts.Edit(old.claims());
    problems = new ProblemCounts.Edit(old.problems());
    renamed = new RenamedHosts.Edit(old.renamed());
    order.admit(entries.stream().collect(toMap(HostEntry::name, HostEntry::id)));
    List<HostEntry> byName = new ArrayList<>(entries);
    byName.sort(Comparator.comparingLong(entry -> order.label(entry.id())));
    byName.forEach(this::change);
  }

  FleetImage build() {
    return new FleetImage(
        old.names(),
        hosts.build(),
        unplaced.build(),
        fleet.apply(),
        poolImages(),
        old.endpoints() + endpointsAdded,
        old.refusing() + refusingAdded,
        claims.build(),
        problems.build(),
        renamed.build());
  }

  private PoolImages poolImages() {
    Map<String, Membership> changed = HashMap.newHashMap(pools.size());
    pools.forEach((name, edit) -> changed.put(name, edit.apply()));
    return changed.isEmpty() ? old.pools() : old.pools().with(changed, old.names().pools());
  }

  private void change(HostEntry entry) {
    int id = entry.id();
    if (!Objects.equals(unplaced.get(id), entry.unplaced())) {
      unplaced.set(id, entry.unplaced());
    }
    Host before = hosts.get(id);
    Host after = entry.host();
    if (before == null && after == null) {
      return;
    }
    hosts.set(id, after);
    HostKeys from = HostKeys.of(id, before);
    HostKeys to = HostKeys.of(id, after);
    endpointsAdded += to.size() - from.size();
    refusingAdded += refusing(after) - refusing(before);
    claims.change(before, after);
    problems.change(before, after);
    renamed.change(before, after);
    fleet.change(from, to);
    changePools(pool(before), from, pool(after), to);
  }

  private void changePools(
      Optional<String> before, HostKeys from, Optional<String> after, HostKeys to) {
    if (before.equals(after)) {
      after.ifPresent(pool -> edit(pool).change(from, to));
    } else {
      before.ifPresent(pool -> edit(pool).change(from, HostKeys.absent(from.host())));
      after.ifPresent(pool -> edit(pool).change(HostKeys.absent(to.host()), to));
    }
  }

  private static int refusing(@Nullable Host host) {
    return host == null || host.placed().extent().refused() == 0 ? 0 : 1;
  }

  /** Empty where it is in none. */
  private static Optional<String> pool(@Nullable Host host) {
    return host == null ? Optional.empty() : host.placed().pool();
  }

  private MembershipEdit edit(String pool) {
    return pools.computeIfAbsent(pool, this::begin);
  }

  private MembershipEdit begin(String pool) {
    Membership base = old.pools().get(pool);
    return new MembershipEdit(base == null ? Membership.empty(order) : base);
  }
}
