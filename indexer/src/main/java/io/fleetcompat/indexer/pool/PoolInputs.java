package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ProbeAnswers;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.judge.ProbeVerdict.Consensus;
import io.fleetcompat.compatibility.override.OverridesInForce;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.override.RuleOverrides;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.ProbeSide;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.records.JudgedRules;
import io.fleetcompat.schemas.RuleSetId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that the verdicts of pools depend on: profiles, the rules in force, what drivers answered,
 * and what operators have turned off. One stream thread.
 */
final class PoolInputs implements ProbeAnswers {

  /** A profile with what is asked of it often. */
  private record Known(Profile profile, Likeness likeness) {}

  private final Map<Fingerprint, Known> profiles = new HashMap<>();
  private final Map<Fingerprint, Set<Fingerprint>> byString = new HashMap<>();
  private final Map<RuleSetId, JudgedRules> rules = new HashMap<>();
  private final Map<ProbePair, ProbeVerdict> answers = new HashMap<>();

  /** The answers that are a conflict, by string and class. */
  private final Map<Fingerprint, TreeMap<Fingerprint, ProbeVerdict>> conflicts = new HashMap<>();

  private final TreeMap<String, RuleOverride> byId = new TreeMap<>();

  /** Of {@code byId}; empty where that has changed. */
  private Optional<RuleOverrides> overrides = Optional.of(RuleOverrides.NONE);

  private Optional<String> inForce = Optional.empty();

  /**
   * The rules that verdicts are by.
   *
   * @param ruleSet as it is spelled
   */
  record InForce(String ruleSet, Judge judge) {}

  void setProfile(Fingerprint id, Profile profile) {
    removeProfile(id);
    profiles.put(id, new Known(profile, Likeness.of(profile)));
    profile
        .probeSide()
        .ifPresent(side -> byString.computeIfAbsent(side.string(), _ -> new HashSet<>()).add(id));
  }

  void removeProfile(Fingerprint id) {
    Optional.ofNullable(profiles.remove(id))
        .flatMap(known -> known.profile.probeSide())
        .map(ProbeSide::string)
        .ifPresent(
            string ->
                byString.computeIfPresent(
                    string, (_, ids) -> ids.remove(id) && ids.isEmpty() ? null : ids));
  }

  /** The profiles with an opaque version of that hash. */
  Set<Fingerprint> profilesWithString(Fingerprint string) {
    return byString.getOrDefault(string, Set.of());
  }

  void setRules(RuleSetId id, JudgedRules content) {
    rules.put(id, content);
  }

  void removeRules(RuleSetId id) {
    rules.remove(id);
  }

  void setInForce(Optional<String> ruleSet) {
    inForce = ruleSet;
  }

  void setAnswer(ProbePair pair, ProbeVerdict verdict) {
    removeAnswer(pair);
    answers.put(pair, verdict);
    if (verdict.consensus() == Consensus.CONFLICT) {
      conflicts
          .computeIfAbsent(pair.string(), _ -> new TreeMap<>())
          .put(pair.destination(), verdict);
    }
  }

  void removeAnswer(ProbePair pair) {
    answers.remove(pair);
    conflicts.computeIfPresent(
        pair.string(),
        (_, of) -> of.remove(pair.destination()) != null && of.isEmpty() ? null : of);
  }

  /** The answers about pairs of these profiles in which drivers disagree. */
  List<ProbeVerdict> conflicts(Collection<Fingerprint> among) {
    if (conflicts.isEmpty()) {
      return List.of();
    }
    List<ProbeSide> sides =
        among.stream()
            .flatMap(id -> profile(id).stream())
            .flatMap(profile -> profile.probeSide().stream())
            .toList();
    Set<Fingerprint> classes =
        sides.stream().map(ProbeSide::destination).collect(Collectors.toSet());
    return sides.stream()
        .map(ProbeSide::string)
        .distinct()
        .flatMap(string -> conflicts.getOrDefault(string, new TreeMap<>()).entrySet().stream())
        .filter(conflict -> classes.contains(conflict.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  void setOverride(RuleOverride override) {
    if (!override.equals(byId.put(override.id(), override))) {
      overrides = Optional.empty();
    }
  }

  void removeOverride(String id) {
    if (byId.remove(id) != null) {
      overrides = Optional.empty();
    }
  }

  /** Empty where this version does not have them, or none are in force yet. */
  Optional<InForce> inForce() {
    return inForce.flatMap(
        ruleSet ->
            Optional.ofNullable(rules.get(RuleSetId.of(ruleSet)))
                .flatMap(JudgedRules::judge)
                .map(judge -> new InForce(ruleSet, judge)));
  }

  /** The overrides that count at a time: the same object as long as the same ones do. */
  OverridesInForce overrides(long now) {
    RuleOverrides all = overrides.orElseGet(() -> RuleOverrides.of(byId));
    overrides = Optional.of(all);
    return all.inForce(Instant.ofEpochMilli(now));
  }

  Optional<Profile> profile(Fingerprint id) {
    return Optional.ofNullable(profiles.get(id)).map(Known::profile);
  }

  /** {@link Likeness#NONE} where the content of the profile is not known. */
  Likeness likeness(Fingerprint id) {
    Known known = profiles.get(id);
    return known == null ? Likeness.NONE : known.likeness;
  }

  @Override
  public Optional<ProbeVerdict> find(Profile source, Profile destination) {
    return answers.isEmpty()
        ? Optional.empty()
        : ProbePair.of(source, destination).map(answers::get);
  }
}
