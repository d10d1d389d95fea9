package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.KeyChanges;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to the fleet or one pool, gathered per profile and applied at once. One thread. */
final class MembershipEdit {

  private final Membership base;
  private final KeyChanges byName = new KeyChanges();
  private final Map<Integer, SlotChanges> slots = new HashMap<>();

  private static final class SlotChanges {
    final KeyChanges fresh = new KeyChanges();
    final KeyChanges quiet = new KeyChanges();
    int hosts;

    KeyChanges keys(boolean ofFresh) {
      return ofFresh ? fresh : quiet;
    }
  }

  MembershipEdit(Membership base) {
    this.base = base;
  }

  /** One host becomes other than it was. Hosts are given in order of name. */
  void change(HostKeys from, HostKeys to) {
    if (from.present() != to.present()) {
      if (to.present()) {
        byName.add(Membership.nameKey(to.host()));
      } else {
        byName.remove(Membership.nameKey(from.host()));
      }
    }
    for (int i = 0; i < Math.max(from.size(), to.size()); i++) {
      if (from.sameAt(i, to)) {
        continue;
      }
      if (i < from.size()) {
        changes(from.slots()[i]).keys(from.fresh()).remove(from.keys()[i]);
      }
      if (i < to.size()) {
        changes(to.slots()[i]).keys(to.fresh()).add(to.keys()[i]);
      }
    }
    for (int slot : from.slotsNotOf(to)) {
      changes(slot).hosts--;
    }
    for (int slot : to.slotsNotOf(from)) {
      changes(slot).hosts++;
    }
  }

  private SlotChanges changes(int slot) {
    return slots.computeIfAbsent(slot, s -> new SlotChanges());
  }

  Membership apply() {
    Chunks.Editor<ProfileEndpoints> bySlot = base.bySlot().edit();
    slots.forEach((slot, changes) -> bySlot.set(slot, endpoints(slot, changes)));
    return base.with(byName.applyTo(base.byName()), bySlot.build());
  }

  private @Nullable ProfileEndpoints endpoints(int slot, SlotChanges changes) {
    ProfileEndpoints from = base.endpoints(slot);
    ProfileEndpoints next =
        new ProfileEndpoints(
            changes.fresh.applyTo(from.placedFresh()),
            changes.quiet.applyTo(from.placedQuiet()),
            from.hosts() + changes.hosts);
    return next.isEmpty() ? null : next;
  }
}
