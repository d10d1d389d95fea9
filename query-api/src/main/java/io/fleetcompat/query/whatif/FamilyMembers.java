package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The profiles of a family that a baseline looks at, with the values set so far. Pure data. */
record FamilyMembers(List<Member> members) {

  /** A profile as it is, and as it would be with the values set so far. */
  record Member(int slot, Profile now, Profile then) {}

  FamilyMembers {
    members = List.copyOf(members);
  }

  /** Ordered pairs, each with itself among them. */
  long pairs() {
    return (long) members.size() * members.size();
  }

  /** All of them with one value of an attribute. */
  FamilyMembers with(String name, String value) {
    Map<String, Attribute> change = Map.of(name, new Attribute.Text(value));
    return new FamilyMembers(
        members.stream()
            .map(
                member ->
                    new Member(
                        member.slot(), member.now(), EditedProfile.of(member.then(), change)))
            .toList());
  }

  /** All of them with the values of these steps, one after the other. */
  FamilyMembers with(List<BaselineStep> steps) {
    FamilyMembers then = this;
    for (BaselineStep step : steps) {
      then = then.with(step.name(), step.value());
    }
    return then;
  }

  /** The profiles as they would be; each once. */
  Set<Profile> profiles() {
    Set<Profile> profiles = new HashSet<>();
    members.forEach(member -> profiles.add(member.then()));
    return profiles;
  }
}
