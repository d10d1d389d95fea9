package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;

/** The hosts that a question is about: the fleet, or one pool of it. Immutable; any thread. */
public final class Scope {

  private final Membership members;

  Scope(Membership members) {
    this.members = members;
  }

  /** All hosts of the view. */
  public static Scope fleet(IndexView view) {
    return new Scope(view.fleet().members());
  }

  Membership members() {
    return members;
  }

  /** The number of hosts. */
  public int size() {
    return members.size();
  }
}
