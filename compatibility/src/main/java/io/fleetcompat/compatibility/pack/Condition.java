package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A condition on the values of one side: each address has one of its values. Immutable.
 *
 * @param values patterns by address; with none it holds everywhere
 */
public record Condition(SortedMap<String, List<Glob>> values) {

  /** The condition that always holds. */
  public static final Condition ALWAYS = new Condition(Collections.emptySortedMap());

  public Condition {
    SortedMap<String, List<Glob>> copy = new TreeMap<>();
    values.forEach((address, globs) -> copy.put(address, List.copyOf(globs)));
    values = Collections.unmodifiableSortedMap(copy);
  }

  /** The answers to whether it holds. */
  enum Holds {
    YES,
    NO,
    /** A value that it is about is missing, and no other rules it out. */
    UNKNOWN
  }

  /** The answer to whether all of it holds. */
  Holds holds(Function<String, Parsed<String>> side) {
    Holds all = Holds.YES;
    for (Map.Entry<String, List<Glob>> entry : values.entrySet()) {
      switch (holds(side.apply(entry.getKey()), entry.getValue())) {
        case NO -> {
          return Holds.NO;
        }
        case UNKNOWN -> all = Holds.UNKNOWN;
        case YES -> {}
      }
    }
    return all;
  }

  /**
   * The part of it that does not hold, for want of the worst value; no exemption, where all does.
   */
  Exempted unproven(Function<String, Parsed<String>> side) {
    Exempted any = Exempted.NO;
    for (Map.Entry<String, List<Glob>> entry : values.entrySet()) {
      Parsed<String> value = side.apply(entry.getKey());
      if (holds(value, entry.getValue()) != Holds.YES) {
        any = Exempted.worse(any, new Exempted.Open(entry.getKey(), value));
      }
    }
    return any;
  }

  /** True where it holds only where the other one does, as far as patterns tell. */
  boolean isWithin(Condition other) {
    return other.values.entrySet().stream()
        .allMatch(
            entry -> {
              List<Glob> mine = values.getOrDefault(entry.getKey(), List.of());
              return !mine.isEmpty()
                  && mine.stream()
                      .allMatch(
                          glob ->
                              entry.getValue().contains(glob)
                                  || (glob.isExact()
                                      && entry.getValue().stream()
                                          .anyMatch(wide -> wide.matches(glob.pattern()))));
            });
  }

  private static Holds holds(Parsed<String> value, List<Glob> globs) {
    if (!(value instanceof Parsed.Value<String>(String text))) {
      return Holds.UNKNOWN;
    }
    return globs.stream().anyMatch(glob -> glob.matches(text)) ? Holds.YES : Holds.NO;
  }
}
