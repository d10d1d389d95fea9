package io.fleetcompat.query.lookup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices of a machine being given endpoints of one host: each endpoint takes as many as it has
 * room for. The search is exact: augmenting paths over what each may take. One thread.
 */
final class Assignment {

  private final int[] rooms;
  private final List<int[]> wishes;
  private final Map<Integer, List<Integer>> takers = new HashMap<>();

  private Assignment(int[] rooms, List<int[]> wishes) {
    this.rooms = rooms;
    this.wishes = wishes;
  }

  /**
   * One endpoint for each device; empty where there is not enough.
   *
   * @param rooms how many devices each endpoint can take
   * @param wishes for each device the endpoints that it may take, by index, best first
   */
  static Optional<int[]> of(int[] rooms, List<int[]> wishes) {
    Assignment assignment = new Assignment(rooms, wishes);
    for (int device = 0; device < wishes.size(); device++) {
      if (!assignment.take(device, new boolean[rooms.length])) {
        return Optional.empty();
      }
    }
    int[] chosen = new int[wishes.size()];
    assignment.takers.forEach(
        (index, devices) -> devices.forEach(device -> chosen[device] = index));
    return Optional.of(chosen);
  }

  private boolean take(int device, boolean[] tried) {
    for (int index : wishes.get(device)) {
      if (tried[index]) {
        continue;
      }
      tried[index] = true;
      List<Integer> those = takers.computeIfAbsent(index, i -> new ArrayList<>());
      if (those.size() < rooms[index]) {
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
}
