package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Profiles by slot: on all hosts but those of pools in which they stand elsewhere, and on hosts of
 * one pool. Immutable.
 *
 * @param everywhere ascending
 * @param inPools those that overrides of pools concern
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record Slots(int[] everywhere, List<InPool> inPools) {

  /** The profile in a slot, on hosts of a pool. */
  record InPool(int slot, String pool) {}

  Slots {
    inPools = List.copyOf(inPools);
  }

  int size() {
    return everywhere.length + inPools.size();
  }

  /**
   * Visits the endpoints that a scope has of these.
   *
   * @param elsewhere the pools in which the profile of a slot stands elsewhere
   * @param counted all of a profile
   * @param notCounted those of the profile that stand elsewhere
   */
  void forEach(
      IndexView view,
      Scope scope,
      Map<Integer, List<String>> elsewhere,
      Consumer<ProfileEndpoints> counted,
      Consumer<ProfileEndpoints> notCounted) {
    for (int slot : everywhere) {
      counted.accept(scope.members().endpoints(slot));
      if (!elsewhere.isEmpty()) {
        for (String pool : elsewhere.getOrDefault(slot, List.of())) {
          scope.within(view, pool).ifPresent(members -> notCounted.accept(members.endpoints(slot)));
        }
      }
    }
    for (InPool part : inPools) {
      scope
          .within(view, part.pool())
          .ifPresent(members -> counted.accept(members.endpoints(part.slot())));
    }
  }

  /** Slots being gathered. One thread. */
  static final class Gathered {
    private final List<Integer> everywhere = new ArrayList<>();
    private final List<InPool> inPools = new ArrayList<>();

    /**
     * @param pool empty for all hosts
     */
    void add(int slot, Optional<String> pool) {
      pool.ifPresentOrElse(name -> inPools.add(new InPool(slot, name)), () -> everywhere.add(slot));
    }

    Slots build() {
      return new Slots(everywhere.stream().mapToInt(Integer::intValue).toArray(), inPools);
    }
  }
}
