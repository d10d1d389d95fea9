package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.profile.Likeness;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The baseline of a pool's endpoints of one kind, vendor and type. Pure data.
 *
 * @param omitted profiles that were not looked at
 * @param pairs ordered pairs of profiles
 * @param compatible how many of them are compatible now
 * @param compatibleThen how many would be with all changes
 */
public record BaselineFamily(
    Likeness like,
    int profiles,
    int omitted,
    int hosts,
    long pairs,
    long compatible,
    long compatibleThen,
    List<Change> changes) {

  public BaselineFamily {
    changes = List.copyOf(changes);
  }

  /**
   * An attribute that would have one value everywhere.
   *
   * @param alternatives other values that would do as well
   * @param givenUp how many hosts have other values now, by value; empty for none
   * @param range the versions that hosts may have beside it; empty where it is no version that has
   *     an order
   */
  public record Change(
      String attribute,
      String value,
      List<String> alternatives,
      SortedMap<String, Integer> givenUp,
      Optional<Range> range) {

    public Change {
      alternatives = List.copyOf(alternatives);
      givenUp = new TreeMap<>(givenUp);
    }
  }

  /**
   * Versions among which hosts may differ, with the other changes as they are: the widest range
   * around the value, of versions that hosts have, also of those whose profiles were not looked at.
   *
   * @param values the lowest first
   * @param notJudged versions next to it that were not looked at: beyond a bound
   * @param givenUp how many hosts of the profiles that were looked at have other values now, by
   *     value; empty for none
   */
  public record Range(List<String> values, int notJudged, SortedMap<String, Integer> givenUp) {

    public Range {
      values = List.copyOf(values);
      givenUp = new TreeMap<>(givenUp);
    }
  }
}
