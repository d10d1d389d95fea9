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
  private final int characters;

  private Obstacles(Verdict verdict) {
    for (Reason reason : verdict.reasons()) {
      byKey.putIfAbsent(Blocker.Key.of(reason), reason);
    }
    hash = byKey.hashCode();
    characters = byKey.values().stream().mapToInt(Obstacles::characters).sum();
  }

  private static int characters(Reason reason) {
    return reason.detail().length()
        + reason.source().map(String::length).orElse(0)
        + reason.destination().map(String::length).orElse(0);
  }

  /** The reasons of a verdict; none where it is COMPATIBLE. */
  public static Obstacles of(Verdict verdict) {
    return new Obstacles(verdict);
  }

  /** The length of all texts, which hosts may have made long. */
  public int characters() {
    return characters;
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
