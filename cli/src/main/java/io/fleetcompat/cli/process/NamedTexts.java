package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.settings.Group;
import io.fleetcompat.settings.Origin;
import io.fleetcompat.settings.RawSettings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The texts of an option that takes {@code NAME=VALUE} and may be repeated. picocli could take them
 * apart too, but would show one without {@code =} in its message, and that may be a secret.
 */
public final class NamedTexts {

  private NamedTexts() {}

  /**
   * The values by their names; of one name, the last.
   *
   * @throws CommandFailure that shows nothing of what was found
   */
  public static SortedMap<String, String> parse(String option, List<String> texts) {
    SortedMap<String, String> named = new TreeMap<>();
    for (String text : texts) {
      int end = text.indexOf('=');
      if (end < 0) {
        throw CommandFailure.usage(
            "expected %s NAME=VALUE, found a text without '=' (not shown: it may be a secret)"
                .formatted(option));
      }
      named.put(text.substring(0, end), text.substring(end + 1));
    }
    return named;
  }

  /** Such texts as settings of a group. */
  public static RawSettings settings(Group group, String option, List<String> texts) {
    SortedMap<String, String> settings = new TreeMap<>();
    parse(option, texts).forEach((end, text) -> settings.put(group.prefix() + end, text));
    return RawSettings.of(settings, Origin.option(option));
  }
}
