package io.fleetcompat.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of a process's settings, read and checked one by one. */
public final class Values {

  private final Catalogue catalogue;
  private final RawSettings settings;

  Values(Catalogue catalogue, RawSettings settings) {
    this.catalogue = catalogue;
    this.settings = settings;
  }

  /** Reads every value, so that a bad one is refused before anything is made of the others. */
  void requireAll() {
    for (Key<?> key : catalogue.keys()) {
      if (key.fallback() instanceof Fallback.Required<?>) {
        get(key);
      } else {
        find(key);
      }
    }
  }

  /** The value of a key that has a default or must be given. */
  public <T> T get(Key<T> key) {
    return find(key)
        .orElseThrow(
            () ->
                new BadSettingException(
                    "%s: expected %s, found none: give it in the file, as %s, or with %s"
                        .formatted(
                            key.name(),
                            key.kind().expected(),
                            Catalogue.variable(key.name()),
                            key.option().orElse("--set " + key.name() + "=…"))));
  }

  /** The value that is given, or the default; empty where there is neither. */
  public <T> Optional<T> find(Key<T> key) {
    Optional<RawSettings.Given> given = given(key);
    return given.isPresent() ? given.map(text -> parse(key, text)) : fallback(key);
  }

  private static <T> Optional<T> fallback(Key<T> key) {
    return key.fallback() instanceof Fallback.Default<T>(T value)
        ? Optional.of(value)
        : Optional.empty();
  }

  private static <T> T parse(Key<T> key, RawSettings.Given given) {
    try {
      return key.kind().parser().apply(given.text());
    } catch (IllegalArgumentException e) {
      throw BadSettingException.of(key.name(), key.kind().expected(), given);
    }
  }

  /** A blank text gives nothing: the default holds. */
  private Optional<RawSettings.Given> given(Key<?> key) {
    return settings.find(key.name()).filter(given -> !given.text().isEmpty());
  }

  /** The settings of a group by the ends of their names. */
  public SortedMap<String, String> group(Group group) {
    SortedMap<String, String> texts = new TreeMap<>();
    settings.group(group.prefix()).forEach((end, given) -> texts.put(end, given.text()));
    return texts;
  }

  /**
   * The object that is made of values which must fit together.
   *
   * @param keys those of which it is made
   * @throws BadSettingException where they do not fit, saying of each where it is from
   */
  public <T> T make(Supplier<T> maker, Key<?>... keys) {
    try {
      return maker.get();
    } catch (BadSettingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      String origins =
          Stream.of(keys)
              .flatMap(key -> given(key).map(g -> key.name() + " from " + g.origin()).stream())
              .collect(Collectors.joining(", "));
      throw new BadSettingException(
          e.getMessage() + (origins.isEmpty() ? "" : " (" + origins + ")"));
    }
  }

  /** All of them in one line, each with its origin unless it is the default; secrets hidden. */
  public String effective() {
    List<String> shown = new ArrayList<>();
    catalogue.keys().forEach(key -> shown.add(shown(key)));
    for (Group group : catalogue.groups()) {
      for (Map.Entry<String, RawSettings.Given> entry : settings.group(group.prefix()).entrySet()) {
        shown.add(
            shown(group.prefix() + entry.getKey(), entry.getValue().text(), entry.getValue()));
      }
    }
    return String.join(", ", shown);
  }

  private <T> String shown(Key<T> key) {
    Optional<String> text = find(key).map(key.kind().printer());
    return text.map(
            value ->
                given(key)
                    .map(given -> shown(key.name(), value, given))
                    .orElseGet(
                        () -> key.name() + "=" + Secrets.shown(key.name(), Quoted.bare(value))))
        .orElseGet(() -> "%s=(%s)".formatted(key.name(), key.defaultInWords()));
  }

  private static String shown(String name, String text, RawSettings.Given given) {
    return "%s=%s (%s)".formatted(name, Secrets.shown(name, Quoted.bare(text)), given.origin());
  }

  /** The same as {@link #effective}. */
  @Override
  public String toString() {
    return effective();
  }
}
