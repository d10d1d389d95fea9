package io.fleetcompat.query.audit;

import java.util.List;

/**
 * The difference of a pool between two times. Endpoints of live hosts alone count. Pure data.
 *
 * @param appeared hosts that the pool has since, live ones
 * @param gone hosts that it had, live ones
 * @param devices of the devices that exist
 * @param types of the types that could be created
 */
public record PoolDifference(
    String pool, List<String> appeared, List<String> gone, Difference devices, Difference types) {

  /**
   * The difference of the endpoints of one sort.
   *
   * @param before how many there were
   * @param after how many there are
   * @param pairsGained pairs of an endpoint and another live host of the pool to which it can go
   *     since
   * @param pairsLost those to which it cannot go any more
   * @param strandedBefore endpoints that could go nowhere
   * @param strandedAfter endpoints that can go nowhere
   * @param newlyStranded the first of those that can go nowhere any more, sorted
   * @param freed the first of those that can go somewhere since, sorted
   */
  public record Difference(
      long before,
      long after,
      long pairsGained,
      long pairsLost,
      long strandedBefore,
      long strandedAfter,
      List<String> newlyStranded,
      List<String> freed) {

    public Difference {
      newlyStranded = List.copyOf(newlyStranded);
      freed = List.copyOf(freed);
    }

    /** True where nothing that could be moved is other than it was. */
    boolean isNone() {
      return before == after
          && pairsGained == 0
          && pairsLost == 0
          && strandedBefore == strandedAfter
          && newlyStranded.isEmpty()
          && freed.isEmpty();
    }
  }

  public PoolDifference {
    appeared = List.copyOf(appeared);
    gone = List.copyOf(gone);
  }

  boolean isNone() {
    return appeared.isEmpty() && gone.isEmpty() && devices.isNone() && types.isNone();
  }
}
