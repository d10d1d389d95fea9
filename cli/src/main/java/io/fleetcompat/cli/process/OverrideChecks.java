package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.override.OverrideFile;
import io.fleetcompat.compatibility.override.OverrideState;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.override.RuleOverrides;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.records.OverrideRecords;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The checks that overrides pass before any of them is written: all, or none.
 *
 * @param packs whose rules may be turned off
 * @param known the overrides that are there
 */
record OverrideChecks(RulePacks packs, SortedMap<String, RuleOverride> known) {

  /** Overrides with the place that a refusal names. */
  sealed interface Source {

    List<RuleOverride> overrides();

    /** The refusal of one of them. */
    CommandFailure refuse(int index, String key, String expected, String found);

    /** The refusal of one whose record cannot be written; what was expected names the part. */
    CommandFailure refuse(int index, BadRecordException problem);

    /** One of the command line. */
    record CommandLine(RuleOverride override) implements Source {
      @Override
      public List<RuleOverride> overrides() {
        return List.of(override);
      }

      @Override
      public CommandFailure refuse(int index, String key, String expected, String found) {
        return CommandFailure.usage("--%s: expected %s, found %s".formatted(key, expected, found));
      }

      @Override
      public CommandFailure refuse(int index, BadRecordException problem) {
        return CommandFailure.usage(
            "expected %s, found %s".formatted(problem.expected(), problem.found()));
      }
    }

    /** Those of a file. */
    record File(OverrideFile file) implements Source {
      @Override
      public List<RuleOverride> overrides() {
        return file.overrides();
      }

      @Override
      public CommandFailure refuse(int index, String key, String expected, String found) {
        return CommandFailure.usage(file.refuse(index, key, expected, found).problem());
      }

      @Override
      public CommandFailure refuse(int index, BadRecordException problem) {
        return refuse(index, "id", problem.expected(), problem.found());
      }
    }
  }

  /** Those that are to be written: what the topic has already is left out. */
  List<RuleOverride> accepted(Source source) {
    SortedMap<String, RuleOverride> then = new TreeMap<>(known);
    source.overrides().forEach(each -> then.put(each.id(), each));
    List<RuleOverride> accepted = new ArrayList<>();
    for (int i = 0; i < source.overrides().size(); i++) {
      RuleOverride each = source.overrides().get(i);
      check(source, i, each, then);
      Optional<RuleOverride> there = Optional.ofNullable(known.get(each.id()));
      boolean same = there.filter(other -> saysTheSame(other, each)).isPresent();
      if (there.isPresent() && !same && source instanceof Source.CommandLine) {
        throw source.refuse(
            i, "id", "an id that no override has (or remove that one first)", each.id());
      }
      if (!same) {
        accepted.add(each);
      }
    }
    if (source instanceof Source.File(OverrideFile file)) {
      refuseCircles(file);
    }
    refuseTooMany(then);
    return accepted;
  }

  /** Refuses those that are wrong whatever the topic has. */
  static void refuseUnusable(Source source, RulePacks packs) {
    for (int i = 0; i < source.overrides().size(); i++) {
      refuseUnusable(source, i, source.overrides().get(i), packs);
    }
  }

  private static void refuseUnusable(Source source, int index, RuleOverride each, RulePacks packs) {
    Optional<String> refusal = OverridableRules.refusal(each.rule(), packs);
    if (refusal.isPresent()) {
      throw source.refuse(index, "rule", expected(refusal.get()), Quoted.of(each.rule()));
    }
    try {
      RecordKeys.OVERRIDE.parse(each.id());
    } catch (BadRecordException e) {
      throw source.refuse(index, "id", e.expected(), e.found());
    }
    try {
      Codecs.OVERRIDE.decode(Codecs.OVERRIDE.encode(OverrideRecords.record(each)));
    } catch (BadRecordException e) {
      throw source.refuse(index, e);
    }
  }

  private void check(Source source, int index, RuleOverride each, Map<String, RuleOverride> then) {
    if (each.replaces().isPresent() && !then.containsKey(each.replaces().get())) {
      throw source.refuse(
          index, "replaces", "the id of an override", Quoted.of(each.replaces().get()));
    }
    RuleOverrides all = RuleOverrides.of(then);
    if (all.state(each, each.created()) == OverrideState.CIRCULAR) {
      throw source.refuse(
          index,
          "replaces",
          "overrides that do not replace each other in a circle",
          each.id() + " replaces " + each.replaces().orElse(""));
    }
  }

  /** A refusal says what was expected and what was found; here the place comes before. */
  private static String expected(String refusal) {
    int found = refusal.lastIndexOf(", found ");
    return refusal.substring("expected ".length(), found < 0 ? refusal.length() : found);
  }

  private void refuseCircles(OverrideFile file) {
    try {
      file.refuseCircles(List.copyOf(known.values()));
    } catch (BadYamlException e) {
      throw CommandFailure.usage(e.problem());
    }
  }

  private static void refuseTooMany(SortedMap<String, RuleOverride> then) {
    if (then.size() > RuleOverrides.MAX) {
      throw CommandFailure.usage(
          "expected at most %d overrides with those that are there, found %d: remove some first"
              .formatted(RuleOverrides.MAX, then.size()));
    }
  }

  /** True where nothing differs but when it was added. */
  private static boolean saysTheSame(RuleOverride there, RuleOverride wanted) {
    return there.equals(
        new RuleOverride(
            wanted.id(),
            wanted.rule(),
            wanted.scope(),
            wanted.author(),
            wanted.reason(),
            there.created(),
            wanted.expires(),
            wanted.replaces()));
  }
}
