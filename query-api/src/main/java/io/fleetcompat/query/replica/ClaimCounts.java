package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.claim.Claim;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The number of devices of the fleet that are declared migratable, and not, by the slot of their
 * profile: what their drivers show depends on that alone. Immutable; any thread.
 */
public record ClaimCounts(Map<Integer, Count> bySlot) {

  static final ClaimCounts NONE = new ClaimCounts(Map.of());

  /** The devices of one profile that are declared so, and so. */
  public record Count(int yes, int no) {

    private static final Count ZERO = new Count(0, 0);

    /** Those of which that is declared. */
    public int of(Claim claim) {
      return claim == Claim.YES ? yes : no;
    }

    private Count plus(Claim claim, int more) {
      return claim == Claim.YES ? new Count(yes + more, no) : new Count(yes, no + more);
    }
  }

  /** The counts after changes to some hosts; it costs what they change, and a copy. One thread. */
  static final class Edit {

    private final ClaimCounts old;
    private final Map<Integer, Count> changed = new HashMap<>();

    Edit(ClaimCounts old) {
      this.old = old;
    }

    void change(@Nullable Host before, @Nullable Host after) {
      add(before, -1);
      add(after, 1);
    }

    private void add(@Nullable Host host, int each) {
      if (host == null) {
        return;
      }
      host.placed()
          .claims()
          .forEach(
              (index, claim) -> {
                int slot = host.placed().endpoints().slot(index);
                Count known = old.bySlot.getOrDefault(slot, Count.ZERO);
                changed.put(slot, changed.getOrDefault(slot, known).plus(claim, each));
              });
    }

    ClaimCounts build() {
      if (changed.isEmpty()) {
        return old;
      }
      Map<Integer, Count> all = new HashMap<>(old.bySlot);
      changed.forEach(
          (slot, count) -> {
            if (count.equals(Count.ZERO)) {
              all.remove(slot);
            } else {
              all.put(slot, count);
            }
          });
      return new ClaimCounts(Collections.unmodifiableMap(all));
    }
  }
}
