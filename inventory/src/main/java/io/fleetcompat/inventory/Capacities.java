package io.fleetcompat.inventory;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of instances that can still be created, by type endpoint. Numbers that are equal on
 * several parents are kept once. Immutable.
 */
public final class Capacities extends AbstractMap<EndpointName, Integer> {

  /** No number of any type. */
  public static final Capacities NONE = new Capacities(Map.of());

  private final SortedMap<String, Map<String, Integer>> byParent;
  private final int size;

  private Capacities(Map<String, Map<String, Integer>> byParent) {
    this.byParent = Collections.unmodifiableSortedMap(new TreeMap<>(byParent));
    this.size = byParent.values().stream().mapToInt(Map::size).sum();
  }

  /**
   * Numbers by type endpoint.
   *
   * @throws IllegalArgumentException for an endpoint that is no type
   */
  public static Capacities of(Map<EndpointName, Integer> numbers) {
    if (numbers instanceof Capacities known) {
      return known;
    }
    Map<String, SortedMap<String, Integer>> byParent = new HashMap<>();
    numbers.forEach(
        (name, number) -> {
          String parent =
              name.parent()
                  .orElseThrow(
                      () -> new IllegalArgumentException("expected PARENT/TYPE, found " + name));
          byParent.computeIfAbsent(parent, _ -> new TreeMap<>()).put(name.name(), number);
        });
    return ofParents(byParent);
  }

  /** Numbers by the name of the type, by its parent. */
  public static Capacities ofParents(Map<String, ? extends Map<String, Integer>> numbers) {
    Map<String, Map<String, Integer>> byParent = new HashMap<>();
    Map<Map<String, Integer>, Map<String, Integer>> shared = new HashMap<>();
    numbers.forEach(
        (parent, types) -> {
          if (!types.isEmpty()) {
            byParent.put(parent, shared.computeIfAbsent(types, Capacities::copy));
          }
        });
    return new Capacities(byParent);
  }

  private static Map<String, Integer> copy(Map<String, Integer> types) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  /** Numbers by the name of the type, by its parent; the same object where they are equal. */
  public SortedMap<String, Map<String, Integer>> byParent() {
    return byParent;
  }

  @Override
  public @Nullable Integer get(@Nullable Object key) {
    return key instanceof EndpointName name && name.parent().isPresent()
        ? byParent.getOrDefault(name.parent().get(), Map.of()).get(name.name())
        : null;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Entry<EndpointName, Integer>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<EndpointName, Integer>> iterator() {
        return byParent.entrySet().stream()
            .flatMap(
                parent ->
                    parent.getValue().entrySet().stream()
                        .map(
                            type ->
                                Map.entry(
                                    EndpointName.type(parent.getKey(), type.getKey()),
                                    type.getValue())))
            .iterator();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }
}
