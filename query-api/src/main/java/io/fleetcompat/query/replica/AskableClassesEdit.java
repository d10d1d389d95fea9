package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Profile;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Changes to the classes that can be asked, on the way from one view to the next. One thread. */
final class AskableClassesEdit {

  private static final RoaringBitmap NOTHING = new RoaringBitmap();

  private AskableClasses base;
  private final Chunks.Editor<RoaringBitmap> slots;
  private final Chunks.Editor<Integer> hosts;
  private final Chunks.Editor<RoaringBitmap> members;

  AskableClassesEdit(AskableClasses base) {
    this.base = base;
    slots = base.slots().edit();
    hosts = base.hosts().edit();
    members = base.members().edit();
  }

  /** A host asks drivers, and has the profiles of these slots. */
  void set(String host, RoaringBitmap now) {
    set(base.names().add(host), now);
  }

  /** A host does not ask drivers. */
  void remove(String host) {
    int number = base.names().find(host);
    if (number >= 0) {
      set(number, NOTHING);
    }
  }

  private void set(int host, RoaringBitmap now) {
    RoaringBitmap before = orNothing(slots.get(host));
    if (now.equals(before)) {
      return;
    }
    RoaringBitmap.andNot(before, now).forEach((int slot) -> count(slot, -1));
    RoaringBitmap.andNot(now, before).forEach((int slot) -> count(slot, 1));
    slots.set(host, orNull(now));
  }

  private void count(int slot, int more) {
    Integer known = hosts.get(slot);
    int count = (known == null ? 0 : known) + more;
    hosts.set(slot, count == 0 ? null : count);
  }

  /** The content of the profile in a slot is known, so it is known of which class it is. */
  void addMember(int slot, Profile profile) {
    profile
        .probeSide()
        .map(side -> base.classes().add(side.destination()))
        .filter(of -> !orNothing(members.get(of)).contains(slot))
        .ifPresent(
            of -> {
              RoaringBitmap more = orNothing(members.get(of)).clone();
              more.add(slot);
              members.set(of, more);
            });
  }

  /** It is not known any more. */
  void removeMember(int slot, Profile profile) {
    profile
        .probeSide()
        .map(side -> base.classes().find(side.destination()))
        .filter(of -> orNothing(members.get(of)).contains(slot))
        .ifPresent(
            of -> {
              RoaringBitmap fewer = orNothing(members.get(of)).clone();
              fewer.remove(slot);
              members.set(of, orNull(fewer));
            });
  }

  private static RoaringBitmap orNothing(@Nullable RoaringBitmap bitmap) {
    return bitmap == null ? NOTHING : bitmap;
  }

  private static @Nullable RoaringBitmap orNull(RoaringBitmap bitmap) {
    return bitmap.isEmpty() ? null : bitmap;
  }

  /** All of them after everything so far; the same object where nothing was changed. */
  AskableClasses build() {
    AskableClasses next =
        new AskableClasses(
            base.names(), slots.build(), hosts.build(), base.classes(), members.build());
    base = next.equals(base) ? base : next;
    return base;
  }
}
