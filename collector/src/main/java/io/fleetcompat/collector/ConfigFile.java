package io.fleetcompat.collector;

import io.fleetcompat.collector.CollectorConfig.Intervals;
import io.fleetcompat.collector.sysfs.Bounds;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The collector's properties file: {@code bootstrap-servers}, {@code host}, {@code root}, {@code
 * label.<name>}, {@code interval.<name>}, {@code bounds.<name>}, {@code kafka.<producer property>}
 * and a few more. A key that nobody knows is an error.
 */
public final class ConfigFile {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern SECRET = Pattern.compile("password|secret|key|jaas|token");
  private static final String LABEL = "label.";
  private static final String KAFKA = "kafka.";

  /** What the producer calls {@code bootstrap-servers}; only the latter is a setting. */
  private static final String BOOTSTRAP = "bootstrap.servers";

  private final SortedMap<String, String> unread;

  private ConfigFile(Map<String, String> properties) {
    this.unread = new TreeMap<>(properties);
  }

  /**
   * Reads a file, with overrides laid over it.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public static CollectorConfig read(Path file, Map<String, String> overrides) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    SortedMap<String, String> all = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> all.put(key, properties.getProperty(key)));
    all.putAll(overrides);
    return parse(all);
  }

  /**
   * The configuration that these properties make.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public static CollectorConfig parse(Map<String, String> properties) {
    return new ConfigFile(properties).config();
  }

  private CollectorConfig config() {
    CollectorConfig config =
        new CollectorConfig(
            text("host").orElseGet(ConfigFile::ownName),
            prefixed(LABEL),
            text("root").map(Path::of).orElse(HostReader.LIVE),
            text("facts-directory").map(Path::of),
            text("kernel"),
            text("state-dir").map(Path::of),
            text("topic-prefix").orElse(""),
            duration("read-deadline", Duration.ofSeconds(2)),
            intervals(),
            bounds(),
            kafka());
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          "expected bootstrap-servers, host, root, facts-directory, kernel, state-dir,"
              + " topic-prefix, read-deadline, label.*, interval.*, bounds.* or kafka.*, found "
              + String.join(", ", unread.keySet()));
    }
    return config;
  }

  private SortedMap<String, String> kafka() {
    SortedMap<String, String> kafka = prefixed(KAFKA);
    if (kafka.containsKey(BOOTSTRAP)) {
      throw new IllegalArgumentException(
          "expected Kafka's address as bootstrap-servers, found it as kafka." + BOOTSTRAP);
    }
    text("bootstrap-servers").ifPresent(servers -> kafka.put(BOOTSTRAP, servers));
    return kafka;
  }

  private Intervals intervals() {
    Intervals defaults = Intervals.DEFAULT;
    return new Intervals(
        duration("interval.rescan", defaults.rescan()),
        duration("interval.poll", defaults.poll()),
        duration("interval.refresh", defaults.refresh()),
        duration("interval.heartbeat", defaults.heartbeat()),
        duration("interval.settle", defaults.settle()),
        duration("interval.settle-most", defaults.settleMost()),
        duration("interval.late", defaults.late()));
  }

  private Bounds bounds() {
    Bounds defaults = Bounds.DEFAULT;
    return new Bounds(
        number("bounds.depth", defaults.depth()),
        number("bounds.nodes", defaults.nodes()),
        number("bounds.entries", defaults.entries()),
        number("bounds.attributes", defaults.attributes()),
        number("bounds.bytes", defaults.bytes()));
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(unread.remove(key)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private SortedMap<String, String> prefixed(String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    unread
        .entrySet()
        .removeIf(
            entry -> {
              boolean matches = entry.getKey().startsWith(prefix);
              if (matches) {
                found.put(entry.getKey().substring(prefix.length()), entry.getValue().strip());
              }
              return matches;
            });
    return found;
  }

  private Duration duration(String key, Duration otherwise) {
    return parsed(key, otherwise, "a time such as 500ms, 60s, 10m", ConfigFile::duration);
  }

  private int number(String key, int otherwise) {
    return parsed(
        key,
        otherwise,
        "a number",
        text ->
            text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty());
  }

  private <T> T parsed(
      String key, T otherwise, String expected, Function<String, Optional<T>> parser) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    return parser
        .apply(text.get())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    key + ": expected " + expected + ", found '" + text.get() + "'"));
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          default -> Duration.ofHours(number);
        });
  }

  /** The FQDN where DNS knows it, else what the machine calls itself. */
  static String ownName() {
    try {
      InetAddress own = InetAddress.getLocalHost();
      String full = own.getCanonicalHostName();
      boolean useless = full.equals(own.getHostAddress()) || full.startsWith("localhost");
      return useless ? own.getHostName() : full;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "expected this machine to know its name, found: " + e.getMessage() + "; set host=", e);
    }
  }

  /** The same properties with the values of secrets hidden. */
  static SortedMap<String, String> masked(Map<String, String> properties) {
    SortedMap<String, String> masked = new TreeMap<>(properties);
    masked.replaceAll(
        (key, value) -> SECRET.matcher(key.toLowerCase(Locale.ROOT)).find() ? "(hidden)" : value);
    return masked;
  }
}
