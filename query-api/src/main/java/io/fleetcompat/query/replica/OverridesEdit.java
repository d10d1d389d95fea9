package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.override.RuleOverrides;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes to the overrides on the way from one view to the next. One thread. */
final class OverridesEdit {

  private RuleOverrides base;
  private final SortedMap<String, RuleOverride> next;
  private boolean changed;

  OverridesEdit(RuleOverrides base) {
    this.base = base;
    this.next = new TreeMap<>(base.all());
  }

  void set(RuleOverride override) {
    changed |= !override.equals(next.put(override.id(), override));
  }

  void remove(String id) {
    changed |= next.remove(id) != null;
  }

  /** All of them after everything so far; the same object where nothing was changed. */
  RuleOverrides build() {
    if (changed) {
      base = RuleOverrides.of(next);
      changed = false;
    }
    return base;
  }
}
