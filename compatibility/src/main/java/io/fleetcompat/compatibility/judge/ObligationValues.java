package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of a device's {@code dynamic_resources}: laid over answers, never part of a profile.
 */
public final class ObligationValues {

  /** The group of the migration interface itself, which is no vendor's. */
  private static final String MIGRATION = "migration/";

  private ObligationValues() {}

  /**
   * The value of each attribute that is listed and can be read, by attribute; of a type nothing.
   * The attribute on the device's own node wins, then that in the first vendor group by name.
   */
  public static SortedMap<String, String> of(Endpoint source) {
    Optional<TypeAttributes> attributes =
        source.kind().isType() ? Optional.empty() : TypeAttributes.of(source);
    if (attributes.isEmpty()) {
      return Collections.emptySortedMap();
    }
    Map<String, String> inGroups = inGroups(source.own());
    SortedMap<String, String> values = new TreeMap<>();
    for (String name : attributes.get().resources().values()) {
      String inGroup = inGroups.get(name);
      if (source.own().get(name) instanceof Attribute.Text(String value)) {
        values.put(name, value);
      } else if (inGroup != null) {
        values.put(name, inGroup);
      }
    }
    return Collections.unmodifiableSortedMap(values);
  }

  /** The texts in vendor groups by their path in the group, of the first group that has it. */
  private static Map<String, String> inGroups(Attributes device) {
    Map<String, String> values = new HashMap<>();
    device
        .byPath()
        .forEach(
            (path, attribute) -> {
              int slash = path.indexOf('/');
              if (slash >= 0
                  && !path.startsWith(MIGRATION)
                  && attribute instanceof Attribute.Text(String value)) {
                values.putIfAbsent(path.substring(slash + 1), value);
              }
            });
    return values;
  }
}
