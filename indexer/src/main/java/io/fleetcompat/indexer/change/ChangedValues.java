package io.fleetcompat.indexer.change;

import io.fleetcompat.schemas.avro.ChangedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** The values in which two maps differ, sorted by name. Pure. */
public final class ChangedValues {

  private ChangedValues() {}

  /**
   * Each value that is another, or in one of them alone.
   *
   * @param prefix put before every name
   */
  public static List<ChangedValue> between(
      String prefix, Map<String, String> from, Map<String, String> to) {
    if (from.equals(to)) {
      return List.of();
    }
    TreeSet<String> names = new TreeSet<>(from.keySet());
    names.addAll(to.keySet());
    List<ChangedValue> values = new ArrayList<>();
    for (String name : names) {
      if (!Objects.equals(from.get(name), to.get(name))) {
        values.add(new ChangedValue(prefix + name, from.get(name), to.get(name)));
      }
    }
    return values;
  }
}
