package io.fleetcompat.settings;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Settings as text by their names, each with its origin, before a {@link Catalogue} reads them. A
 * source is laid over another: what both give, the upper one gives.
 */
public final class RawSettings {

  private static final RawSettings NONE = new RawSettings(new TreeMap<>());

  private final SortedMap<String, Given> settings;

  /** A text without blanks around it, and where it was given. */
  record Given(String text, Origin origin) {
    Given {
      text = text.strip();
    }
  }

  private RawSettings(SortedMap<String, Given> settings) {
    this.settings = Collections.unmodifiableSortedMap(settings);
  }

  public static RawSettings none() {
    return NONE;
  }

  static RawSettings of(SortedMap<String, Given> settings) {
    return new RawSettings(new TreeMap<>(settings));
  }

  /** Settings that all have one origin. */
  public static RawSettings of(Map<String, String> texts, Origin origin) {
    SortedMap<String, Given> all = new TreeMap<>();
    texts.forEach((name, text) -> all.put(name, new Given(text, origin)));
    return new RawSettings(all);
  }

  /** Settings that the program itself gives. */
  public static RawSettings of(Map<String, String> texts) {
    return of(texts, Origin.PROGRAM);
  }

  /** These laid over others. */
  public RawSettings over(RawSettings lower) {
    SortedMap<String, Given> all = new TreeMap<>(lower.settings);
    all.putAll(settings);
    return new RawSettings(all);
  }

  /** Those whose names fulfil the condition. */
  public RawSettings only(Predicate<String> condition) {
    SortedMap<String, Given> some = new TreeMap<>(settings);
    some.keySet().removeIf(condition.negate());
    return new RawSettings(some);
  }

  /** The texts, secrets among them: for what is made of them, not for people. */
  public SortedMap<String, String> texts() {
    SortedMap<String, String> texts = new TreeMap<>();
    settings.forEach((name, given) -> texts.put(name, given.text()));
    return texts;
  }

  SortedSet<String> names() {
    return new TreeSet<>(settings.keySet());
  }

  /** The text that a source gives; no default. */
  Optional<Given> given(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  /** Those whose names begin so, by the rest of the name. */
  SortedMap<String, Given> group(String prefix) {
    SortedMap<String, Given> group = new TreeMap<>();
    settings.forEach(
        (name, given) -> {
          if (name.startsWith(prefix)) {
            group.put(name.substring(prefix.length()), given);
          }
        });
    return group;
  }

  /** The same with secrets hidden. */
  @Override
  public String toString() {
    return Secrets.masked(texts()).toString();
  }
}
