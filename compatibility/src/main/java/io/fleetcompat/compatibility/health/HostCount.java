package io.fleetcompat.compatibility.health;

import java.util.Optional;

/**
 * The number of hosts in a set, as far as "is one of them another host than this?" needs it.
 *
 * @param hosts in the set
 * @param only the number of the host where it is one, and not looked at else
 */
public record HostCount(int hosts, int only) {

  public static final HostCount NONE = new HostCount(0, -1);

  /** A set of one host. */
  public static HostCount one(int host) {
    return new HostCount(1, host);
  }

  /** The one host in the set; empty where there is none, or more than one. */
  public Optional<Integer> single() {
    return hosts == 1 ? Optional.of(only) : Optional.empty();
  }

  public boolean isNone() {
    return hosts == 0;
  }

  public boolean isSeveral() {
    return hosts > 1;
  }

  /** True where a host other than that is in the set. */
  public boolean hasOther(int host) {
    return hosts > 1 || (hosts == 1 && only != host);
  }

  /** Both sets together; of more than one host nobody asks how many. */
  HostCount or(HostCount other) {
    if (isNone()) {
      return other;
    }
    if (other.isNone() || isSeveral()) {
      return this;
    }
    return other.isSeveral() || other.only != only ? new HostCount(2, -1) : this;
  }
}
