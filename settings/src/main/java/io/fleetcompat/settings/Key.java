package io.fleetcompat.settings;

import java.util.Optional;

/**
 * A setting that a process knows.
 *
 * @param name as it is spelled in a file
 * @param description one sentence for the operator; code in backquotes
 * @param option of the command line that gives it too, such as {@code --state-dir}
 */
public record Key<T>(
    String name, Kind<T> kind, Fallback<T> fallback, String description, Optional<String> option) {

  public Key {
    if (!name.matches("[a-z]+([.-][a-z]+)*")) {
      throw new IllegalArgumentException("expected a name such as stale-after, found " + name);
    }
  }

  /** A key with a default. */
  public static <T> Key<T> of(String name, Kind<T> kind, T value, String description) {
    return new Key<>(name, kind, new Fallback.Default<>(value), description, Optional.empty());
  }

  /**
   * A key that may be left out.
   *
   * @param otherwise what holds then, in words
   */
  public static <T> Key<T> optional(
      String name, Kind<T> kind, String otherwise, String description) {
    return new Key<>(name, kind, new Fallback.None<>(otherwise), description, Optional.empty());
  }

  /** A key that must be given. */
  public static <T> Key<T> required(String name, Kind<T> kind, String description) {
    return new Key<>(name, kind, new Fallback.Required<>(), description, Optional.empty());
  }

  /** The same key, given by an option of the command line too. */
  public Key<T> orOption(String option) {
    return new Key<>(name, kind, fallback, description, Optional.of(option));
  }

  /** The default as people read it: a value in backquotes, or words. */
  public String defaultInWords() {
    return switch (fallback) {
      case Fallback.Default<T>(T value) -> {
        String text = kind.printer().apply(value);
        yield text.isEmpty() ? "none" : "`" + text + "`";
      }
      case Fallback.None<T>(String words) -> words;
      case Fallback.Required<T>() -> "must be given";
    };
  }
}
