package io.fleetcompat.compatibility.override;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The overrides that count during some time. Whether any concerns a pair is a few lookups by hash,
 * however many there are. Immutable; any number of threads.
 */
public final class OverridesInForce {

  public static final OverridesInForce NONE =
      new OverridesInForce(List.of(), Instant.MIN, Instant.MAX);

  private final List<RuleOverride> all;
  private final Map<OverrideScope, List<RuleOverride>> byScope = new HashMap<>();
  private final Map<String, SortedSet<String>> destinationPools = new HashMap<>();
  private final Instant since;
  private final Instant until;

  /**
   * @param overrides sorted by id
   * @param since from when on these count, and no others
   * @param until when that ends
   */
  OverridesInForce(Collection<RuleOverride> overrides, Instant since, Instant until) {
    this.all = List.copyOf(overrides);
    this.since = since;
    this.until = until;
    for (RuleOverride each : all) {
      OverrideScope scope = each.scope();
      byScope.computeIfAbsent(scope, s -> new ArrayList<>()).add(each);
      if (scope.kind() == OverrideScope.Kind.POOL) {
        destinationPools
            .computeIfAbsent(scope.source(), s -> new TreeSet<>())
            .add(scope.destination());
      }
    }
  }

  boolean holdsAt(Instant now) {
    return !now.isBefore(since) && now.isBefore(until);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** All of them, by id. */
  public List<RuleOverride> all() {
    return all;
  }

  /** The pools to which hosts of a pool have overrides, sorted. */
  public SortedSet<String> destinationPools(Optional<String> sourcePool) {
    return sourcePool.map(destinationPools::get).orElse(Collections.emptySortedSet());
  }

  /** Those whose scope a pair is in, by id. */
  public List<RuleOverride> find(OverrideSide source, OverrideSide destination) {
    if (all.isEmpty()) {
      return List.of();
    }
    List<RuleOverride> found = new ArrayList<>();
    for (OverrideScope.Kind kind : OverrideScope.Kind.values()) {
      Optional<String> from = source.name(kind);
      Optional<String> to = destination.name(kind);
      if (from.isPresent() && to.isPresent()) {
        found.addAll(
            byScope.getOrDefault(new OverrideScope(kind, from.get(), to.get()), List.of()));
      }
    }
    found.sort(Comparator.comparing(RuleOverride::id));
    return List.copyOf(found);
  }
}
