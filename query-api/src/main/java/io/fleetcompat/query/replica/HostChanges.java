package io.fleetcompat.query.replica;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the touched hosts of a batch change in the fleet's and the pools' memberships. */
final class HostChanges {

  private final IndexView.Parts old;
  private final Chunks.Editor<HostEntry> hosts;
  private final MembershipEdit fleetEdit;
  private final Map<String, MembershipEdit> poolEdits = new HashMap<>();
  private final TouchedHosts touched;
  private int endpointsAdded;

  HostChanges(IndexView.Parts old, Map<Integer, HostEntry> entries) {
    this.old = old;
    hosts = old.hosts().edit();
    fleetEdit = new MembershipEdit(old.fleet(), old.names().order());
    touched = new TouchedHosts(entries.keySet(), entries.size(), old.names().hosts());
    entries.values().forEach(this::change);
  }

  Chunks<HostEntry> hosts() {
    return hosts.build();
  }

  Membership fleet() {
    return fleetEdit.apply(touched);
  }

  SortedMap<String, Membership> pools() {
    if (poolEdits.isEmpty()) {
      return old.pools();
    }
    TreeMap<String, Membership> next = new TreeMap<>(old.pools());
    poolEdits.forEach(
        (pool, edit) -> {
          Membership membership = edit.apply(touched);
          if (membership.size() == 0) {
            next.remove(pool);
          } else {
            next.put(pool, membership);
          }
        });
    return next;
  }

  int endpointsAdded() {
    return endpointsAdded;
  }

  private void change(HostEntry next) {
    HostEntry before = old.hosts().get(next.id());
    hosts.set(next.id(), next.isEmpty() ? null : next);
    PlacedHost from = before == null ? null : before.placed();
    PlacedHost to = next.placed();
    if (from != null && to != null && from.sameMembership(to)) {
      moveCapacities(before, next, to);
      return;
    }
    boolean stays = from != null && to != null;
    boolean staysInPool = from != null && to != null && from.pool().equals(to.pool());
    leave(before, from, stays, staysInPool);
    join(next, to, stays, staysInPool);
  }

  private void moveCapacities(@Nullable HostEntry before, HostEntry next, PlacedHost placed) {
    EndpointTable endpoints = placed.endpoints();
    for (int i = 0; before != null && i < endpoints.size(); i++) {
      int from = before.capacities().of(endpoints.name(i));
      int to = next.capacities().of(endpoints.name(i));
      if (from != to) {
        long leaving = CandidateKey.of(from, next.id(), i);
        long coming = CandidateKey.of(to, next.id(), i);
        fleetEdit.remove(endpoints.slot(i), placed.isFresh(), leaving);
        fleetEdit.add(endpoints.slot(i), placed.isFresh(), coming);
        if (!placed.pool().isEmpty()) {
          pool(placed.pool()).remove(endpoints.slot(i), placed.isFresh(), leaving);
          pool(placed.pool()).add(endpoints.slot(i), placed.isFresh(), coming);
        }
      }
    }
  }

  private void leave(
      @Nullable HostEntry entry, @Nullable PlacedHost placed, boolean stays, boolean staysInPool) {
    if (entry == null || placed == null) {
      return;
    }
    endpointsAdded -= placed.endpoints().size();
    leave(fleetEdit, entry, placed, stays);
    if (!placed.pool().isEmpty()) {
      leave(pool(placed.pool()), entry, placed, staysInPool);
    }
  }

  private void join(
      HostEntry entry, @Nullable PlacedHost placed, boolean stays, boolean staysInPool) {
    if (placed == null) {
      return;
    }
    endpointsAdded += placed.endpoints().size();
    join(fleetEdit, entry, placed, stays);
    if (!placed.pool().isEmpty()) {
      join(pool(placed.pool()), entry, placed, staysInPool);
    }
  }

  private static void leave(
      MembershipEdit edit, HostEntry entry, PlacedHost placed, boolean stays) {
    if (!stays) {
      edit.removeHost(entry.id());
    }
    EndpointTable endpoints = placed.endpoints();
    for (int slot : endpoints.distinctSlots()) {
      edit.removeHost(entry.id(), slot);
    }
    for (int i = 0; i < endpoints.size(); i++) {
      edit.remove(endpoints.slot(i), placed.isFresh(), key(entry, endpoints, i));
    }
  }

  private static void join(MembershipEdit edit, HostEntry entry, PlacedHost placed, boolean stays) {
    if (!stays) {
      edit.addHost(entry.id());
    }
    EndpointTable endpoints = placed.endpoints();
    for (int slot : endpoints.distinctSlots()) {
      edit.addHost(entry.id(), slot);
    }
    for (int i = 0; i < endpoints.size(); i++) {
      edit.add(endpoints.slot(i), placed.isFresh(), key(entry, endpoints, i));
    }
  }

  private static long key(HostEntry entry, EndpointTable endpoints, int index) {
    return CandidateKey.of(entry.capacities().of(endpoints.name(index)), entry.id(), index);
  }

  private MembershipEdit pool(String name) {
    return poolEdits.computeIfAbsent(
        name,
        n -> {
          Membership base = old.pools().get(n);
          Membership from = base == null ? Membership.empty(old.names().order()) : base;
          return new MembershipEdit(from, old.names().order());
        });
  }
}
