package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The values of a device's {@code dynamic_resources}: laid over answers, never part of a profile.
 */
public final class ObligationValues {

  /** Not a vendor's group: the migration interface itself. */
  private static final String MIGRATION = "migration/";

  private ObligationValues() {}

  /**
   * The value of each attribute that is listed and can be read, by attribute; of a type nothing.
   * The attribute on the device's own node wins, then that in the first vendor group by name.
   */
  public static SortedMap<String, String> of(Endpoint source) {
    Optional<TypeAttributes> attributes = TypeAttributes.of(source);
    if (source.kind().isType() || attributes.isEmpty()) {
      return Collections.emptySortedMap();
    }
    List<String> names = attributes.get().resources().values();
    SortedMap<String, String> values = new TreeMap<>();
    names.forEach(name -> value(source.own(), name).ifPresent(value -> values.put(name, value)));
    return Collections.unmodifiableSortedMap(values);
  }

  private static Optional<String> value(Attributes device, String name) {
    Stream<Attribute> inGroups =
        device.byPath().entrySet().stream()
            .filter(entry -> isInGroup(entry.getKey(), name))
            .map(Map.Entry::getValue);
    return Stream.concat(Stream.of(device.get(name)), inGroups)
        .filter(Attribute.Text.class::isInstance)
        .map(attribute -> ((Attribute.Text) attribute).value())
        .findFirst();
  }

  private static boolean isInGroup(String path, String name) {
    return path.endsWith("/" + name)
        && path.indexOf('/') == path.length() - name.length() - 1
        && !path.startsWith(MIGRATION);
  }
}
