package io.fleetcompat.oracle.simulated;

import io.fleetcompat.keys.Generations;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The things that are done with hosts' keys: given out, replaced, taken away; registered before or
 * after they are brought to their hosts, or long after. One thread.
 */
final class KeySteps {

  private final KeyRegistry registry;
  private final List<SimulatedHost> hosts;

  KeySteps(KeyRegistry registry, List<SimulatedHost> hosts) {
    this.registry = registry;
    this.hosts = hosts;
  }

  /** Registers the first key of most hosts. */
  void begin(SplittableRandom random) {
    for (SimulatedHost host : hosts) {
      if (random.nextInt(5) > 0) {
        registry.register(host.name(), Generations.NONE.rotated());
      }
    }
  }

  /** Does something with the key of a host. */
  void take(SimulatedHost host, SplittableRandom random) {
    Generations now = registry.of(host.name());
    switch (random.nextInt(10)) {
      case 0, 1 -> registry.register(host.name(), now.rotated());
      case 2, 3 -> host.bring(Math.max(now.newest(), host.generation()) + 1);
      case 4 -> registry.register(host.name(), now.rotated().newestAlone());
      case 5 -> revoke(host, now.withdrawn());
      case 6 -> revoke(host, now.outOfService());
      default -> finish(host, true);
    }
  }

  /**
   * True of a host that may not be placed by its newest document before its next one: where that
   * came before its key, the newest record of the topic is read again, and that is another's or an
   * older one; or who had its key has said something else of the same version.
   */
  boolean isMissed(SimulatedHost host) {
    return registry.isOvertaken(host.name()) || !registry.stolen(host.name()).isEmpty();
  }

  /** Takes a host out of service. */
  void remove(SimulatedHost host) {
    revoke(host, registry.of(host.name()).outOfService());
  }

  private void revoke(SimulatedHost host, Generations next) {
    if (registry.of(host.name()).newest() > 0) {
      registry.register(host.name(), next);
    }
  }

  /**
   * Finishes what was begun with the key of a host: what it has is registered, and what is
   * registered it has.
   *
   * @param anew where none of its keys counts, it gets one that does
   */
  private void finish(SimulatedHost host, boolean anew) {
    Generations now = registry.of(host.name());
    if (!now.isActive() && !anew) {
      return;
    }
    while (!now.isActive() || now.newest() < host.generation()) {
      now = now.rotated();
    }
    if (!now.equals(registry.of(host.name()))) {
      registry.register(host.name(), now);
    }
    if (host.generation() < now.newest()) {
      host.bring(now.newest());
    }
  }

  /** Finishes what was begun; keys that were taken away stay so. What was stolen is replaced. */
  void heal() {
    for (SimulatedHost host : hosts) {
      finish(host, false);
      boolean isStolen =
          registry.stolen(host.name()).stream()
              .anyMatch(generation -> registry.counts(host.name(), generation));
      if (isStolen) {
        registry.register(host.name(), registry.of(host.name()).rotated().newestAlone());
        finish(host, false);
      }
      // Its own key could not say so.
      if (host.isRemoved() && !registry.counts(host.name(), host.removedWith())) {
        remove(host);
      }
    }
  }
}
