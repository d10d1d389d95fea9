package io.fleetcompat.settings;

import java.util.List;

/** A table of settings in Markdown, as docs/operations.md has it. */
public final class SettingsTable {

  private static final String HEAD = "| setting | default | meaning |\n|---|---|---|\n";

  private SettingsTable() {}

  /** The table of the settings that every process has. */
  public static String ofEveryProcess() {
    return table(ProcessKeys.ALL, List.of(ProcessKeys.KAFKA));
  }

  /** The table of the settings that only this process has. */
  public static String ofItsOwn(Catalogue catalogue) {
    return table(
        catalogue.keys().stream().filter(key -> !ProcessKeys.ALL.contains(key)).toList(),
        catalogue.groups().stream().filter(group -> !group.equals(ProcessKeys.KAFKA)).toList());
  }

  private static String table(List<Key<?>> keys, List<Group> groups) {
    StringBuilder table = new StringBuilder(HEAD);
    keys.forEach(key -> row(table, key.name(), key.defaultInWords(), key.description()));
    groups.forEach(group -> row(table, group.prefix() + "*", "none", group.description()));
    return table.toString();
  }

  private static void row(StringBuilder table, String name, String otherwise, String meaning) {
    table.append("| `%s` | %s | %s |\n".formatted(name, otherwise, meaning));
  }
}
