package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Quoted;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds what a node says of itself: attribute to value, in normal form. */
final class SelfBuilder {

  private final SortedMap<String, String> values = new TreeMap<>();

  boolean isEmpty() {
    return values.isEmpty();
  }

  SelfBuilder add(String attribute, String value) throws MalformedException {
    if (values.put(attribute, NormalForm.ofAttribute(value)) != null) {
      throw new MalformedException("found the attribute " + Quoted.of(attribute) + " twice");
    }
    PatternCheck.require(values.size(), Pattern.MAX_ATTRIBUTES, "attributes in one self");
    return this;
  }

  SortedMap<String, String> build() {
    return Collections.unmodifiableSortedMap(values);
  }
}
