package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.inventory.Attribute;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One side of a pair of devices, as values by address.
 *
 * @param values each a text in the spelling of sysfs, or of a facts file
 */
record PackSide(DeviceKind kind, String driver, Map<String, Parsed<String>> values)
    implements Function<String, Parsed<String>> {

  static PackSide of(DeviceKind kind, String driver) {
    return new PackSide(kind, driver, new LinkedHashMap<>());
  }

  PackSide with(String address, String text) {
    return with(
        address,
        AttributeCatalogue.builtIn().find(address).orElseThrow().normal(new Attribute.Text(text)));
  }

  PackSide without(String address) {
    return with(address, new Parsed.Absent<>());
  }

  PackSide with(String address, Parsed<String> value) {
    Map<String, Parsed<String>> changed = new LinkedHashMap<>(values);
    changed.put(address, value);
    return new PackSide(kind, driver, changed);
  }

  @Override
  public Parsed<String> apply(String address) {
    return values.getOrDefault(address, new Parsed.Absent<>());
  }
}
