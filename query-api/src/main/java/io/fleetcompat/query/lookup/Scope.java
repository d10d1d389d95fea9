package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import java.util.Optional;

/** The hosts that a question is about: the fleet, or one pool of it. Immutable; any thread. */
public final class Scope {

  private final Membership members;
  private final Optional<String> pool;

  private Scope(Membership members, Optional<String> pool) {
    this.members = members;
    this.pool = pool;
  }

  /** All hosts of the view. */
  public static Scope fleet(IndexView view) {
    return new Scope(view.fleet().members(), Optional.empty());
  }

  /** The hosts of that pool. */
  static Scope pool(String name, Membership members) {
    return new Scope(members, Optional.of(name));
  }

  Membership members() {
    return members;
  }

  /** Those of these hosts that are in a pool; empty where there are none. */
  Optional<Membership> within(IndexView view, String name) {
    return pool.isEmpty()
        ? Optional.ofNullable(view.fleet().pools().get(name))
        : Optional.of(members).filter(m -> pool.get().equals(name));
  }

  /** True where a host of the view is one of these. */
  boolean has(Host host) {
    return pool.isEmpty() || host.placed().pool().equals(pool);
  }

  /** The number of hosts. */
  public int size() {
    return members.size();
  }
}
