package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.OverridingJudge;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.whatif.FamilyMembers.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The verdicts on all ordered pairs of a family, as its members would be. One thread. */
final class FamilyVerdicts {

  private final OverridingJudge judge;
  private final Deadline deadline;

  FamilyVerdicts(OverridingJudge judge, Deadline deadline) {
    this.judge = judge;
    this.deadline = deadline;
  }

  /** The number of pairs of members that are compatible. */
  long compatible(FamilyMembers family) {
    Map<Profile, Map<Profile, Boolean>> known = new HashMap<>();
    long compatible = 0;
    for (Member source : family.members()) {
      Map<Profile, Boolean> of = known.computeIfAbsent(source.then(), _ -> new HashMap<>());
      for (Member destination : family.members()) {
        boolean goes =
            of.computeIfAbsent(
                destination.then(), to -> judge.outcome(source.then(), to) == Outcome.COMPATIBLE);
        compatible += goes ? 1 : 0;
      }
    }
    return compatible;
  }

  /** The number of reasons that keep pairs of different profiles apart. */
  long reasons(FamilyMembers family) {
    long[] reasons = {0};
    forEachReason(family, _ -> reasons[0]++);
    return reasons[0];
  }

  /** The attributes that reasons of incompatible and unknown pairs name. */
  Set<String> attributes(FamilyMembers family) {
    Set<String> names = new TreeSet<>();
    forEachReason(
        family,
        reason -> reason.attribute().filter(EditedProfile::isAttribute).ifPresent(names::add));
    return names;
  }

  private void forEachReason(FamilyMembers family, Consumer<Reason> seen) {
    Set<Profile> profiles = family.profiles();
    for (Profile source : profiles) {
      for (Profile destination : profiles) {
        deadline.check();
        judge.verdict(source, destination).reasons().forEach(seen);
      }
    }
  }
}
