package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.OverridingJudge;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The judgement of profiles with one value and with another: whether all pairs that are compatible
 * with one value everywhere stay so, both ways, whoever has which of the two. One thread.
 */
final class MixedVersions implements BaselineRange.Mixing {

  private final String name;
  private final List<Profile> profiles;
  private final OverridingJudge judge;
  private final boolean[][] needed;
  private final Map<String, List<Profile>> edited = new HashMap<>();

  /**
   * @param profiles with one value everywhere
   */
  MixedVersions(String name, Collection<Profile> profiles, OverridingJudge judge) {
    this.name = name;
    this.profiles = List.copyOf(profiles);
    this.judge = judge;
    this.needed = new boolean[profiles.size()][profiles.size()];
    for (int i = 0; i < needed.length; i++) {
      for (int j = 0; j < needed.length; j++) {
        needed[i][j] = isCompatible(this.profiles.get(i), this.profiles.get(j));
      }
    }
  }

  @Override
  public boolean isSafe(String value, String other) {
    List<Profile> ones = with(value);
    List<Profile> others = with(other);
    for (int i = 0; i < needed.length; i++) {
      for (int j = 0; j < needed.length; j++) {
        if (needed[i][j]
            && !(isCompatible(ones.get(i), others.get(j))
                && isCompatible(others.get(i), ones.get(j)))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isCompatible(Profile source, Profile destination) {
    return judge.outcome(source, destination) == Outcome.COMPATIBLE;
  }

  private List<Profile> with(String value) {
    return edited.computeIfAbsent(
        value,
        text ->
            profiles.stream()
                .map(profile -> EditedProfile.of(profile, Map.of(name, new Attribute.Text(text))))
                .toList());
  }
}
