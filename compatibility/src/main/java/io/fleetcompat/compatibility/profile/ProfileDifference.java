package io.fleetcompat.compatibility.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * An attribute in which two profiles differ. Pure.
 *
 * @param name as an operator knows it: a path below the endpoint's node, or an address of the
 *     catalogue
 * @param from empty where the first has none
 * @param to empty where the second has none
 * @param isUpgrade whether it is a version, and both have one
 */
public record ProfileDifference(
    String name, Optional<String> from, Optional<String> to, boolean isUpgrade) {

  /**
   * All attributes in which two profiles differ, sorted by name.
   *
   * @param from the canonical form of the first
   * @param to that of the second
   * @throws IllegalArgumentException where one is no canonical form
   */
  public static List<ProfileDifference> between(String from, String to) {
    SortedMap<String, JsonNode> before = FlatProfile.of(from);
    SortedMap<String, JsonNode> after = FlatProfile.of(to);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<ProfileDifference> differences = new ArrayList<>();
    for (String name : names) {
      Optional<JsonNode> had = Optional.ofNullable(before.get(name));
      Optional<JsonNode> has = Optional.ofNullable(after.get(name));
      if (!had.equals(has)) {
        differences.add(
            new ProfileDifference(
                name,
                had.map(value -> FlatProfile.spell(name, value)),
                has.map(value -> FlatProfile.spell(name, value)),
                VersionAttributes.contains(name) && isValue(had) && isValue(has)));
      }
    }
    return differences;
  }

  /** False where it is malformed or unreadable: an object says why. */
  private static boolean isValue(Optional<JsonNode> value) {
    return value.isPresent() && !value.get().isObject();
  }
}
