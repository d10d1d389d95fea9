package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.profile.Fingerprint;
import org.roaringbitmap.RoaringBitmap;

/**
 * The classes of destinations whose drivers can be asked, as one view has them, through the hosts
 * that ask their drivers: a class has several profiles, and one host with one of them is enough.
 * Immutable, the bitmaps too; any number of threads.
 *
 * @param names numbers of hosts, shared by all views of a replica
 * @param slots of the profiles that a host has, by its number
 * @param hosts how many hosts have the profile of a slot
 * @param classes numbers of classes, shared by all views of a replica
 * @param members the slots of a class's profiles whose content is known, by its number
 */
record AskableClasses(
    Dictionary<String> names,
    Chunks<RoaringBitmap> slots,
    Chunks<Integer> hosts,
    Dictionary<Fingerprint> classes,
    Chunks<RoaringBitmap> members) {

  /** Most hosts and most classes that a replica meets before it has to be started again. */
  private static final int MAX_NAMES = 1 << 22;

  static AskableClasses none() {
    return new AskableClasses(
        new Dictionary<>(MAX_NAMES),
        Chunks.empty(),
        Chunks.empty(),
        new Dictionary<>(MAX_NAMES),
        Chunks.empty());
  }

  /** True where some host can ask a driver of that class. */
  boolean contains(Fingerprint destination) {
    RoaringBitmap profiles = members.get(classes.find(destination));
    if (profiles == null || hosts.size() == 0) {
      return false;
    }
    for (int slot : profiles) {
      if (hosts.get(slot) != null) {
        return true;
      }
    }
    return false;
  }
}
