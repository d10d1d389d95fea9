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

  private final HistoryNotes notes;
  private final LinkedHashMap<Way, List<ProfileDifference>> known =
      new LinkedHashMap<>(16, 0.75f, true);

  private record Way(Fingerprint from, Fingerprint to) {}

  ProfileDifferences(HistoryNotes notes) {
    this.notes = notes;
  }

  /** The attributes in which they differ; none where the content of one is not known. */
  List<ProfileDifference> between(Fingerprint from, Fingerprint to) {
    Way way = new Way(from, to);
    List<ProfileDifference> kept = known.get(way);
    if (kept != null) {
      return kept;
    }
    Optional<String> before = notes.content(from);
    Optional<String> after = notes.content(to);
    if (before.isEmpty() || after.isEmpty()) {
      return List.of();
    }
    List<ProfileDifference> differences = ProfileDifference.between(before.get(), after.get());
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
