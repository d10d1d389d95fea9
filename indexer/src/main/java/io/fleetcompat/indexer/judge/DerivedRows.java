package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.records.RowBitmap;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows that follow from profiles and rules alone, to be held against those that were told. One
 * thread.
 */
public final class DerivedRows {

  private final Judge judge;
  private final SortedMap<Integer, Profile> profiles;

  private DerivedRows(Judge judge, SortedMap<Integer, Profile> profiles) {
    this.judge = judge;
    this.profiles = new TreeMap<>(profiles);
  }

  /**
   * The rows by these rules; empty where this version does not have them.
   *
   * @param profiles all that live, by their number
   */
  public static Optional<DerivedRows> of(
      RuleSetRecord rules, SortedMap<Integer, Profile> profiles) {
    return StoredRules.of(rules).known().map(set -> new DerivedRows(new Judge(set), profiles));
  }

  /** The number of pairs that stand in the row of a number. */
  public int pairs(int number) {
    return 2 * profiles.headMap(number).size() + 1;
  }

  /**
   * The first pair of a profile's row of which the row says something else, in words; empty where
   * there is none. Bits of profiles that do not live mean nothing.
   *
   * @param number of a profile that lives
   */
  public Optional<String> difference(int number, MatrixRow told) {
    if (told.getSource() != number) {
      return Optional.of("expected the row of number " + number + ", found " + told.getSource());
    }
    try {
      Verdicts to = new Verdicts(bitmap(told.getCompatible()), bitmap(told.getUnknown()));
      Verdicts from =
          new Verdicts(bitmap(told.getCompatibleSources()), bitmap(told.getUnknownSources()));
      return difference(number, to, from);
    } catch (BadRecordException e) {
      return Optional.of("expected a row that can be read: " + e.getMessage());
    }
  }

  private Optional<String> difference(int number, Verdicts to, Verdicts from) {
    Profile profile = profiles.get(number);
    if (profile == null) {
      throw new IllegalArgumentException("no profile has the number " + number);
    }
    for (Map.Entry<Integer, Profile> other : profiles.headMap(number + 1).entrySet()) {
      int of = other.getKey();
      Profile content = other.getValue();
      Optional<String> found =
          difference(profile, content, to.of(of))
              .or(
                  () ->
                      of == number ? Optional.empty() : difference(content, profile, from.of(of)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> difference(Profile source, Profile destination, Outcome told) {
    Outcome expected = judge.outcome(source, destination);
    return expected == told
        ? Optional.empty()
        : Optional.of(
            "expected %s -> %s to be %s, found %s"
                .formatted(source.fingerprint(), destination.fingerprint(), expected, told));
  }

  private record Verdicts(RoaringBitmap compatible, RoaringBitmap unknown) {
    Outcome of(int number) {
      if (unknown.contains(number)) {
        return Outcome.UNKNOWN;
      }
      return compatible.contains(number) ? Outcome.COMPATIBLE : Outcome.INCOMPATIBLE;
    }
  }

  private static RoaringBitmap bitmap(@Nullable ByteBuffer bytes) throws BadRecordException {
    if (bytes == null) {
      throw new BadRecordException(
          BadRecordException.Code.INVALID, "bitmaps of sources", "a row of the first form");
    }
    return RowBitmap.read(bytes);
  }
}
