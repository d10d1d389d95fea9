package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices of a machine being given endpoints of one host: a device is taken once, a type as
 * often as it has capacity. The search is exact: augmenting paths over what each may take. One
 * thread.
 */
final class Assignment {

  private final Host host;
  private final List<int[]> wishes;
  private final Map<Integer, List<Integer>> takers = new HashMap<>();

  private Assignment(Host host, List<int[]> wishes) {
    this.host = host;
    this.wishes = wishes;
  }

  /**
   * One endpoint for each device; empty where there is not enough.
   *
   * @param wishes for each device the endpoints that it may take, by index, best first
   */
  static Optional<List<IndexedEndpoint>> of(Host host, List<int[]> wishes) {
    Assignment assignment = new Assignment(host, wishes);
    for (int device = 0; device < wishes.size(); device++) {
      if (!assignment.take(device, new boolean[host.placed().endpoints().size()])) {
        return Optional.empty();
      }
    }
    IndexedEndpoint[] chosen = new IndexedEndpoint[wishes.size()];
    assignment.takers.forEach(
        (index, devices) ->
            devices.forEach(device -> chosen[device] = IndexedEndpoint.of(host, index)));
    return Optional.of(Arrays.asList(chosen));
  }

  private boolean take(int device, boolean[] tried) {
    for (int index : wishes.get(device)) {
      if (tried[index]) {
        continue;
      }
      tried[index] = true;
      List<Integer> those = takers.computeIfAbsent(index, i -> new ArrayList<>());
      if (those.size() < room(IndexedEndpoint.of(host, index))) {
        those.add(device);
        return true;
      }
      for (int i = 0; i < those.size(); i++) {
        if (take(those.get(i), tried)) {
          those.set(i, device);
          return true;
        }
      }
    }
    return false;
  }

  /** The number of devices that an endpoint can take. */
  static int room(IndexedEndpoint endpoint) {
    return endpoint.host().placed().endpoints().isType(endpoint.index()) ? endpoint.capacity() : 1;
  }
}
