package io.fleetcompat.indexer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings as text, read with their types; whatever is wrong names the setting. */
record Settings(Map<String, String> texts) {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  Optional<String> find(String name) {
    return Optional.ofNullable(texts.get(name)).map(String::strip).filter(t -> !t.isEmpty());
  }

  String required(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("setting '" + name + "' is missing"));
  }

  String text(String name, String otherwise) {
    return find(name).orElse(otherwise);
  }

  int integer(String name, int otherwise) {
    return parse(name, "a whole number", Integer::parseInt).orElse(otherwise);
  }

  long number(String name, long otherwise) {
    return parse(name, "a whole number", Long::parseLong).orElse(otherwise);
  }

  boolean bool(String name, boolean otherwise) {
    return parse(
            name,
            "true or false",
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw new IllegalArgumentException(text);
                })
        .orElse(otherwise);
  }

  Duration duration(String name, Duration otherwise) {
    return parse(name, "a duration such as 50ms, 60s, 10m, 1h", Settings::duration)
        .orElse(otherwise);
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private <T> Optional<T> parse(String name, String expected, Function<String, T> parser) {
    return find(name)
        .map(
            text -> {
              try {
                return parser.apply(text);
              } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                    "setting '%s': expected %s, found '%s'".formatted(name, expected, text), e);
              }
            });
  }
}
