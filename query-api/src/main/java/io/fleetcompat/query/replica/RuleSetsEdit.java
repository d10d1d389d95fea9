package io.fleetcompat.query.replica;

import io.fleetcompat.records.JudgedRules;
import io.fleetcompat.schemas.RuleSetId;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Changes to what is known of rule sets on the way from one image to the next. One thread. */
final class RuleSetsEdit {

  private RuleSetImages base;
  private final NavigableMap<RuleSetId, SetEdit> sets = new TreeMap<>();
  private Optional<String> inForce;
  private Optional<RefusedRules> refused;

  /** Changes to one rule set. */
  private static final class SetEdit {
    private Optional<JudgedRules> rules;
    private OptionalInt generation;
    private final Chunks.Editor<JudgedRow> rows;
    private RuleSetImage base;

    SetEdit(RuleSetImage base) {
      this.base = base;
      this.rules = base.rules();
      this.generation = base.generation();
      this.rows = base.rows().edit();
    }

    boolean isEmpty() {
      return rules.isEmpty() && generation.isEmpty() && rows.size() == 0;
    }

    RuleSetImage build() {
      RuleSetImage next =
          new RuleSetImage(
              rules.equals(base.rules()) ? base.rules() : rules, generation, rows.build());
      base = next.equals(base) ? base : next;
      return base;
    }
  }

  RuleSetsEdit(RuleSetImages base) {
    this.base = base;
    this.inForce = base.inForce();
    this.refused = base.refused();
    base.sets().forEach((id, set) -> sets.put(id, new SetEdit(set)));
  }

  void setRules(RuleSetId id, JudgedRules rules) {
    at(id).rules = Optional.of(rules);
  }

  void removeRules(RuleSetId id) {
    find(id).ifPresent(set -> set.rules = Optional.empty());
    forget(id);
  }

  void setGeneration(RuleSetId id, int generation) {
    at(id).generation = OptionalInt.of(generation);
  }

  void removeGeneration(RuleSetId id) {
    find(id).ifPresent(set -> set.generation = OptionalInt.empty());
    forget(id);
  }

  void setRow(RuleSetId id, int slot, JudgedRow row) {
    at(id).rows.set(slot, row);
  }

  void removeRow(RuleSetId id, int slot) {
    find(id)
        .ifPresent(
            set -> {
              if (slot >= 0 && set.rows.get(slot) != null) {
                set.rows.set(slot, null);
              }
            });
    forget(id);
  }

  void setInForce(Optional<String> ruleSet) {
    inForce = ruleSet;
  }

  void setRefused(Optional<RefusedRules> rules) {
    refused = rules;
  }

  private Optional<SetEdit> find(RuleSetId id) {
    return Optional.ofNullable(sets.get(id));
  }

  /**
   * The set of that name, which is new where there is room.
   *
   * @throws IllegalStateException where there is none: an indexer never writes so many
   */
  private SetEdit at(RuleSetId id) {
    SetEdit known = sets.get(id);
    if (known != null) {
      return known;
    }
    if (sets.size() == RuleSetImages.MAX_SETS) {
      throw new IllegalStateException(
          "expected at most %d rule sets, found another, %s".formatted(RuleSetImages.MAX_SETS, id));
    }
    SetEdit added =
        new SetEdit(new RuleSetImage(Optional.empty(), OptionalInt.empty(), Chunks.empty()));
    sets.put(id, added);
    return added;
  }

  /** Makes room where nothing is left of a set. */
  private void forget(RuleSetId id) {
    find(id).filter(SetEdit::isEmpty).ifPresent(_ -> sets.remove(id));
  }

  /** The image after everything so far; the same object where nothing is other than it was. */
  RuleSetImages build() {
    NavigableMap<RuleSetId, RuleSetImage> built = new TreeMap<>();
    sets.forEach((id, set) -> built.put(id, set.build()));
    RuleSetImages next = new RuleSetImages(inForce, built, refused);
    base = next.equals(base) ? base : next;
    return base;
  }
}
