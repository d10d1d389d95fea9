package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProfileDifference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The differences of profiles that hosts went from and to. What was lately asked for is kept: an
 * upgrade takes many hosts the same way. One stream thread.
 */
final class ProfileDifferences {

  /** Most that are kept; what was not asked for the longest goes first. */
  private static final int MOST = 128;

  /** Larger ones are rare, and not kept: memory is bounded by both. */
  private static final int MOST_CHARACTERS = 16 << 10;

  private final LinkedHashMap<Way, List<ProfileDifference>> known =
      new LinkedHashMap<>(16, 0.75f, true);

  /** The profiles that an endpoint went from and to, which are not the same. */
  record Way(Fingerprint from, Fingerprint to) {}

  /** The canonical content of a profile, where it is known. */
  interface Contents {
    Optional<String> of(Fingerprint profile);
  }

  /** The attributes in which they differ; none where the content of one is not known. */
  List<ProfileDifference> between(Way way, Contents before, Contents after) {
    List<ProfileDifference> kept = known.get(way);
    if (kept != null) {
      return kept;
    }
    Optional<String> from = before.of(way.from());
    Optional<String> to = after.of(way.to());
    if (from.isEmpty() || to.isEmpty()) {
      return List.of();
    }
    List<ProfileDifference> differences = ProfileDifference.between(from.get(), to.get());
    keep(way, differences);
    return differences;
  }

  private void keep(Way way, List<ProfileDifference> differences) {
    if (differences.stream().flatMap(ProfileDifferences::texts).mapToInt(String::length).sum()
        <= MOST_CHARACTERS) {
      known.put(way, differences);
      if (known.size() > MOST) {
        known.pollFirstEntry();
      }
    }
  }

  private static Stream<String> texts(ProfileDifference difference) {
    return Stream.of(Optional.of(difference.name()), difference.from(), difference.to())
        .flatMap(Optional::stream);
  }
}
