package io.fleetcompat.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All settings that a process knows. From it come the values, the variables of the environment, the
 * help and the tables of the documentation.
 *
 * @param process the command that runs it
 * @param keys in the order in which they are documented
 */
public record Catalogue(String process, List<Key<?>> keys, List<Group> groups) {

  /** Every variable that gives a setting begins so. */
  public static final String VARIABLE = "FLEETCOMPAT_";

  private static final int MAX_REFUSED = 5;

  /** Letters that may differ for one that is missing or wrong; shorter names have fewer. */
  private static final int MAX_MISSPELT = 2;

  private static final int LETTERS_FOR_EACH_MISSPELT = 4;

  public Catalogue {
    keys = List.copyOf(keys);
    groups = List.copyOf(groups);
    Set<String> variables = new HashSet<>();
    for (Key<?> key : keys) {
      String name = variable(key.name());
      boolean hidden = groups.stream().anyMatch(g -> name.startsWith(variable(g.prefix())));
      if (hidden || !variables.add(name)) {
        throw new IllegalArgumentException("expected one setting for " + name + ", found two");
      }
    }
  }

  /** The catalogue of a process: its own settings after those of every process. */
  public static Catalogue of(String process, List<Key<?>> own, Group... groups) {
    return new Catalogue(
        process,
        Stream.concat(ProcessKeys.ALL.stream(), own.stream()).toList(),
        Stream.concat(Stream.of(ProcessKeys.KAFKA), Stream.of(groups)).toList());
  }

  /**
   * The values.
   *
   * @throws BadSettingException for a name that is not in the catalogue, for a value that its key
   *     does not take, and for a key that must be given and is not
   */
  public Values read(RawSettings settings) {
    return read(settings, GroupNames.ANY);
  }

  /**
   * Likewise, for who knows more of the names in groups.
   *
   * @throws BadSettingException for a name in a group, too, that is none
   */
  public Values read(RawSettings settings, GroupNames names) {
    List<String> refused =
        settings.names().stream()
            .filter(name -> !knows(name) || names.refuses(name, settings.names()))
            .map(name -> refusal(name, settings, names))
            .toList();
    if (!refused.isEmpty()) {
      int more = refused.size() - MAX_REFUSED;
      throw new BadSettingException(
          "expected settings of %s, found %s%s; docs/operations.md has all"
              .formatted(
                  process,
                  refused.stream().limit(MAX_REFUSED).collect(Collectors.joining(", ")),
                  more > 0 ? " and " + more + " more" : ""));
    }
    requireNoneElsewhere(settings);
    Values values = new Values(this, settings);
    values.requireAll();
    return values;
  }

  private String refusal(String name, RawSettings settings, GroupNames names) {
    Origin origin = settings.given(name).orElseThrow().origin();
    return ShownValue.quoted(name)
        + " (from "
        + origin
        + (knows(name) ? names.nearest(name) : nearest(name))
            .map(known -> "; did you mean '" + known + "'?")
            .orElse("")
        + ")";
  }

  /** The key that a name is most like; of a group, with the end that was meant. */
  private Optional<String> nearest(String name) {
    return Nearest.of(name, keys.stream().map(Key::name).toList())
        .or(
            () ->
                Nearest.of(
                    name.substring(0, name.indexOf('.') + 1),
                    groups.stream().map(Group::prefix).toList()));
  }

  /** True for the name of a key, and for one in a group. */
  public boolean knows(String name) {
    return keys.stream().anyMatch(key -> key.name().equals(name))
        || groups.stream().anyMatch(group -> name.startsWith(group.prefix()));
  }

  private void requireNoneElsewhere(RawSettings settings) {
    for (Group group : groups) {
      group
          .elsewhere()
          .forEach(
              (end, key) ->
                  settings
                      .given(group.prefix() + end)
                      .ifPresent(
                          given -> {
                            throw new BadSettingException(
                                "expected it as %s, found it as %s%s (from %s)"
                                    .formatted(key, group.prefix(), end, given.origin()));
                          }));
    }
  }

  /**
   * The settings that the environment gives: of the key {@code stale-after} the variable {@code
   * FLEETCOMPAT_STALE_AFTER}, of {@code kafka.security.protocol} the variable {@code
   * FLEETCOMPAT_KAFKA_SECURITY_PROTOCOL}. Variables of another process or program are passed over,
   * and so are empty ones: that is how many a tool says that a variable is not set.
   */
  public RawSettings environment(Map<String, String> variables) {
    SortedMap<String, RawSettings.Given> settings = new TreeMap<>();
    variables.forEach(
        (variable, text) -> {
          if (!text.isBlank()) {
            named(variable)
                .ifPresent(
                    name ->
                        settings.put(
                            name, new RawSettings.Given(text, Origin.environment(variable))));
          }
        });
    return RawSettings.of(settings);
  }

  /** Variables that are like one of a setting and give none, each with the one that was meant. */
  public List<String> misspelt(Map<String, String> variables) {
    List<String> known = keys.stream().map(key -> variable(key.name())).toList();
    List<String> misspelt = new ArrayList<>();
    for (String variable : new TreeMap<>(variables).keySet()) {
      if (variable.startsWith(VARIABLE) && named(variable).isEmpty()) {
        int letters = variable.length() - VARIABLE.length();
        int most = Math.min(MAX_MISSPELT, letters / LETTERS_FOR_EACH_MISSPELT);
        Nearest.within(variable, known, most)
            .ifPresent(
                meant ->
                    misspelt.add(
                        "%s in the environment is no setting of %s; did you mean %s?"
                            .formatted(variable, process, meant)));
      }
    }
    return misspelt;
  }

  private Optional<String> named(String variable) {
    return keys.stream()
        .map(Key::name)
        .filter(name -> variable(name).equals(variable))
        .findFirst()
        .or(() -> inGroup(variable));
  }

  private Optional<String> inGroup(String variable) {
    return groups.stream()
        .filter(group -> variable.startsWith(variable(group.prefix())))
        .filter(group -> variable.length() > variable(group.prefix()).length())
        .findFirst()
        .map(
            group ->
                group.prefix()
                    + variable
                        .substring(variable(group.prefix()).length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.'));
  }

  /** The variable that gives a setting, or that begins those of a group. */
  static String variable(String name) {
    return VARIABLE + name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }
}
