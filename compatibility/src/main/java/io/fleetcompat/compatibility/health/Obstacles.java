package io.fleetcompat.compatibility.health;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The reasons that keep endpoints of one profile from another, each that says something of its own
 * once. Many pairs of a pool have equal ones.
 */
public final class Obstacles {

  private final TreeMap<Blocker.Key, Reason> byKey = new TreeMap<>();
  private final int hash;

  private Obstacles(Verdict verdict) {
    for (Reason reason : verdict.reasons()) {
      byKey.putIfAbsent(Blocker.Key.of(reason), reason);
    }
    hash = byKey.hashCode();
  }

  /** The reasons of a verdict; none where it is COMPATIBLE. */
  public static Obstacles of(Verdict verdict) {
    return new Obstacles(verdict);
  }

  int count() {
    return byKey.size();
  }

  void forEach(BiConsumer<Blocker.Key, Reason> each) {
    byKey.forEach(each);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Obstacles that && hash == that.hash && byKey.equals(that.byKey));
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
