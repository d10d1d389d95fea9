package io.fleetcompat.compatibility.override;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All overrides that there are, whether they count or not. What counts depends on them and the time
 * alone, never on the order in which they came. Immutable; any number of threads.
 */
public final class RuleOverrides {

  /** Most overrides that may count, with those that have expired: the first by id. */
  public static final int MAX = 1000;

  public static final RuleOverrides NONE = of(Map.of());

  private final SortedMap<String, RuleOverride> byId;

  /** Those that never count, whatever the time. */
  private final Map<String, OverrideState> barred = new HashMap<>();

  private volatile OverridesInForce latest;

  private RuleOverrides(SortedMap<String, RuleOverride> byId) {
    this.byId = Collections.unmodifiableSortedMap(byId);
    Replacements replacements = new Replacements(byId.values());
    int number = 0;
    for (String id : byId.keySet()) {
      if (number++ >= MAX) {
        barred.put(id, OverrideState.BEYOND_LIMIT);
      } else if (replacements.isCircular(id)) {
        barred.put(id, OverrideState.CIRCULAR);
      } else if (replacements.isReplaced(id)) {
        barred.put(id, OverrideState.REPLACED);
      }
    }
    latest = byId.isEmpty() ? OverridesInForce.NONE : inForceNow(Instant.EPOCH);
  }

  public static RuleOverrides of(Collection<RuleOverride> overrides) {
    SortedMap<String, RuleOverride> byId = new TreeMap<>();
    overrides.forEach(each -> byId.put(each.id(), each));
    return new RuleOverrides(byId);
  }

  public static RuleOverrides of(Map<String, RuleOverride> byId) {
    return new RuleOverrides(new TreeMap<>(byId));
  }

  /** All of them, by id. */
  public SortedMap<String, RuleOverride> all() {
    return byId;
  }

  /** True where there are none, so that nothing needs to be asked of them. */
  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** The state of one of them at a time. */
  public OverrideState state(RuleOverride override, Instant now) {
    return Optional.ofNullable(barred.get(override.id()))
        .orElse(override.isExpired(now) ? OverrideState.EXPIRED : OverrideState.IN_FORCE);
  }

  /** Those that count at a time: the same object as long as the same ones do. */
  public OverridesInForce inForce(Instant now) {
    OverridesInForce known = latest;
    if (!known.holdsAt(now)) {
      known = inForceNow(now);
      latest = known;
    }
    return known;
  }

  private OverridesInForce inForceNow(Instant now) {
    Instant since = Instant.MIN;
    Instant until = Instant.MAX;
    SortedMap<String, RuleOverride> counting = new TreeMap<>();
    for (RuleOverride each : byId.values()) {
      if (state(each, now) == OverrideState.IN_FORCE) {
        counting.put(each.id(), each);
      }
      if (each.expires().isPresent()) {
        Instant end = each.expires().get();
        if (end.isAfter(now)) {
          until = end.isBefore(until) ? end : until;
        } else {
          since = end.isAfter(since) ? end : since;
        }
      }
    }
    return new OverridesInForce(counting.values(), since, until);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleOverrides that && byId.equals(that.byId);
  }

  @Override
  public int hashCode() {
    return byId.hashCode();
  }

  @Override
  public String toString() {
    return byId.keySet().toString();
  }
}
