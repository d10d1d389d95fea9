package io.fleetcompat.query.replica;

import java.util.HashMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/** Changes to the fleet or one pool, gathered per profile and applied at once. One thread. */
final class MembershipEdit {

  private final Membership base;
  private final KeyOrder order;
  private final KeyChanges hosts = new KeyChanges();
  private final Map<Integer, SlotChanges> slots = new HashMap<>();

  private static final class SlotChanges {
    final KeyChanges fresh = new KeyChanges();
    final KeyChanges quiet = new KeyChanges();
    final KeyChanges hosts = new KeyChanges();
  }

  MembershipEdit(Membership base, KeyOrder order) {
    this.base = base;
    this.order = order;
  }

  void removeHost(int id) {
    hosts.remove(CandidateKey.of(0, id, 0));
  }

  void addHost(int id) {
    hosts.add(CandidateKey.of(0, id, 0));
  }

  void removeHost(int id, int slot) {
    changes(slot).hosts.remove(id);
  }

  void addHost(int id, int slot) {
    changes(slot).hosts.add(id);
  }

  void remove(int slot, boolean fresh, long key) {
    keys(slot, fresh).remove(key);
  }

  void add(int slot, boolean fresh, long key) {
    keys(slot, fresh).add(key);
  }

  private KeyChanges keys(int slot, boolean fresh) {
    SlotChanges changes = changes(slot);
    return fresh ? changes.fresh : changes.quiet;
  }

  private SlotChanges changes(int slot) {
    return slots.computeIfAbsent(slot, s -> new SlotChanges());
  }

  Membership apply(TouchedHosts touched) {
    Chunks.Editor<Members> bySlot = base.bySlot().edit();
    slots.forEach((slot, changes) -> bySlot.set(slot, members(slot, changes, touched)));
    return new Membership(
        hosts(base.hosts(), hosts), keys(base.byName(), hosts, touched), bySlot.build());
  }

  @SuppressWarnings("NullAway") // null takes the slot out of the array
  private Members members(int slot, SlotChanges changes, TouchedHosts touched) {
    Members old = base.members(slot);
    OrderedKeys none = OrderedKeys.empty(order);
    Members next =
        new Members(
            keys(old == null ? none : old.fresh(), changes.fresh, touched),
            keys(old == null ? none : old.quiet(), changes.quiet, touched),
            slotHosts(old == null ? new RoaringBitmap() : old.hosts(), changes.hosts));
    return next.hosts().isEmpty() ? null : next;
  }

  private static OrderedKeys keys(OrderedKeys old, KeyChanges changes, TouchedHosts touched) {
    return changes.isEmpty()
        ? old
        : old.with(touched.sort(changes.removed()), touched.sort(changes.added()));
  }

  private static RoaringBitmap hosts(RoaringBitmap old, KeyChanges changes) {
    if (changes.isEmpty()) {
      return old;
    }
    RoaringBitmap next = old.clone();
    for (long key : changes.removed()) {
      next.remove(CandidateKey.host(key));
    }
    for (long key : changes.added()) {
      next.add(CandidateKey.host(key));
    }
    return next;
  }

  private static RoaringBitmap slotHosts(RoaringBitmap old, KeyChanges changes) {
    if (changes.isEmpty()) {
      return old;
    }
    RoaringBitmap next = old.clone();
    for (long id : changes.removed()) {
      next.remove((int) id);
    }
    for (long id : changes.added()) {
      next.add((int) id);
    }
    return next;
  }
}
