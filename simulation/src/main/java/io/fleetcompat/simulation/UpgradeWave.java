package io.fleetcompat.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.SortedMap;

/**
 * Driver upgrades as operators do them: one pool to one release, host after host, then the next
 * pool. After the last release comes the first again, so that a fleet never runs out of upgrades.
 */
final class UpgradeWave {

  private final Queue<Integer> waiting = new ArrayDeque<>();
  private int release;

  /** The host whose turn it is, and the release it gets. */
  record Step(SimulatedHost host, int release) {}

  Step next(SortedMap<Integer, SimulatedHost> hosts, Random random) {
    while (true) {
      Integer index = waiting.poll();
      if (index == null) {
        start(hosts, random);
      } else {
        SimulatedHost host = hosts.get(index);
        if (host != null) {
          return new Step(host, release);
        }
      }
    }
  }

  private void start(SortedMap<Integer, SimulatedHost> hosts, Random random) {
    List<SimulatedHost> all = new ArrayList<>(hosts.values());
    SimulatedPool pool = all.get(random.nextInt(all.size())).pool();
    List<SimulatedHost> members = all.stream().filter(h -> h.pool().equals(pool)).toList();
    release = (members.getFirst().step() + 1) % DriverRelease.ALL.size();
    members.forEach(member -> waiting.add(member.index()));
  }
}
