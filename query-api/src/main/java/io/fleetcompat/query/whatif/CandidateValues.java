package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.compatibility.profile.Profile;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The values of an attribute that a baseline may set everywhere. Pure. */
final class CandidateValues {

  /** Most values of one attribute, the first in the order of text. */
  static final int MAX_VALUES = 16;

  private static final String HEX = "0x";

  private CandidateValues() {}

  /**
   * The values that some profile has; of features only those that all have, since no host can have
   * more than it offers.
   */
  static Set<String> of(String name, Collection<Profile> profiles) {
    Set<String> values = new TreeSet<>();
    for (Profile profile : profiles) {
      Optional.ofNullable(EditedProfile.values(profile).get(name))
          .filter(value -> !value.startsWith("malformed: ") && !value.startsWith("unreadable: "))
          .ifPresent(values::add);
    }
    return name.equals(FeatureBits.FEATURES) ? common(values) : atMost(values);
  }

  private static Set<String> common(Set<String> features) {
    return features.stream()
        .map(value -> new BigInteger(value.substring(HEX.length()), 16))
        .reduce(BigInteger::and)
        .map(bits -> Set.of(HEX + bits.toString(16)))
        .orElse(Set.of());
  }

  private static Set<String> atMost(Set<String> values) {
    return new TreeSet<>(values.stream().limit(MAX_VALUES).toList());
  }
}
