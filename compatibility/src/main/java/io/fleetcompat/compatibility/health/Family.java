package io.fleetcompat.compatibility.health;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.profile.Likeness;
import java.util.Comparator;
import java.util.Optional;

/**
 * The profiles of one kind, vendor and type in a pool, and the groups into which they fall: between
 * any two profiles of a group devices can go there and back, over others if need be. More than one
 * group means that the pool has split.
 *
 * @param groups by what is known to be COMPATIBLE
 * @param atLeast the groups there would be if all that is UNKNOWN were COMPATIBLE
 */
public record Family(Key key, int profiles, int groups, int atLeast) {

  /**
   * The kind, vendor and type.
   *
   * @param vendor PCI vendor
   * @param type as the driver names it, else its id
   */
  public record Key(DeviceKind kind, Optional<String> vendor, Optional<String> type)
      implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.<Key, DeviceKind>comparing(Key::kind)
            .thenComparing(key -> key.vendor.orElse(""))
            .thenComparing(key -> key.type.orElse(""));

    /** Empty where the profile does not tell its kind. */
    static Optional<Key> of(Likeness likeness) {
      return likeness
          .kind()
          .map(kind -> new Key(kind, likeness.vendor(), likeness.typeName().or(likeness::typeId)));
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }
}
