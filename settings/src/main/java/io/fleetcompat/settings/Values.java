package io.fleetcompat.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The values of a process's settings, read and checked one by one. One thread: it remembers which
 * were fetched.
 */
public final class Values {

  private final Catalogue catalogue;
  private final RawSettings settings;
  private final Set<Key<?>> fetched = new LinkedHashSet<>();

  Values(Catalogue catalogue, RawSettings settings) {
    this.catalogue = catalogue;
    this.settings = settings;
  }

  /** Reads every value, so that a bad one is refused before anything is made of the others. */
  void requireAll() {
    for (Key<?> key : catalogue.keys()) {
      if (value(key).isEmpty() && key.fallback() instanceof Fallback.Required<?>) {
        throw missing(key);
      }
    }
  }

  /** The value of a key that has a default or must be given. */
  public <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> missing(key));
  }

  /** The value that is given, or the default; empty where there is neither. */
  public <T> Optional<T> find(Key<T> key) {
    if (!catalogue.keys().contains(key)) {
      throw new IllegalStateException(
          "expected a setting of " + catalogue.process() + ", found " + key.name());
    }
    fetched.add(key);
    return value(key);
  }

  /** The settings of the catalogue that nobody has fetched: given or not, they change nothing. */
  public Set<String> unused() {
    return catalogue.keys().stream()
        .filter(key -> !fetched.contains(key))
        .map(Key::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private <T> Optional<T> value(Key<T> key) {
    Optional<RawSettings.Given> given = given(key);
    return given.isPresent() ? given.map(text -> parse(key, text)) : fallback(key);
  }

  private static BadSettingException missing(Key<?> key) {
    return new BadSettingException(
        "%s: expected %s, found none: give it in the file, as %s, or with %s"
            .formatted(
                key.name(),
                key.kind().expected(),
                Catalogue.variable(key.name()),
                key.option().orElse("--set " + key.name() + "=…")));
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
    return settings.given(key.name()).filter(given -> !given.text().isEmpty());
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
   * @param maker fetches the values from what it is given
   * @throws BadSettingException where they do not fit, saying of each that it fetched where it is
   *     from
   */
  public <T> T make(Function<Values, T> maker) {
    Values read = new Values(catalogue, settings);
    try {
      return maker.apply(read);
    } catch (BadSettingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      String origins =
          read.fetched.stream()
              .flatMap(key -> given(key).map(g -> key.name() + " from " + g.origin()).stream())
              .collect(Collectors.joining(", "));
      throw new BadSettingException(
          e.getMessage() + (origins.isEmpty() ? "" : " (" + origins + ")"));
    } finally {
      fetched.addAll(read.fetched);
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
    Optional<String> text = value(key).map(key.kind().printer());
    return text.map(
            value ->
                given(key)
                    .map(given -> shown(key.name(), value, given))
                    .orElseGet(
                        () -> key.name() + "=" + Secrets.shown(key.name(), ShownValue.bare(value))))
        .orElseGet(() -> "%s=(%s)".formatted(key.name(), key.defaultInWords()));
  }

  private static String shown(String name, String text, RawSettings.Given given) {
    return "%s=%s (%s)".formatted(name, Secrets.shown(name, ShownValue.bare(text)), given.origin());
  }

  /** The same as {@link #effective}. */
  @Override
  public String toString() {
    return effective();
  }
}
