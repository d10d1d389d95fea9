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
    String pool, Named appeared, Named gone, Difference devices, Difference types) {

  /**
   * Hosts or endpoints.
   *
   * @param total how many there are
   * @param names the first of them, sorted
   */
  public record Named(int total, List<String> names) {

    public Named {
      names = List.copyOf(names);
    }

    boolean isNone() {
      return total == 0;
    }
  }

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
   * @param newlyStranded those that could go somewhere and can go nowhere any more
   * @param freed those that could go nowhere and can go somewhere since
   */
  public record Difference(
      long before,
      long after,
      long pairsGained,
      long pairsLost,
      long strandedBefore,
      long strandedAfter,
      Named newlyStranded,
      Named freed) {

    /** True where nothing that could be moved is other than it was. */
    boolean isNone() {
      return before == after
          && pairsGained == 0
          && pairsLost == 0
          && strandedBefore == strandedAfter
          && newlyStranded.isNone()
          && freed.isNone();
    }
  }

  boolean isNone() {
    return appeared.isNone() && gone.isNone() && devices.isNone() && types.isNone();
  }
}
