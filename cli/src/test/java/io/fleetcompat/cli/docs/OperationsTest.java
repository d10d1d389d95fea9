package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.CollectorSettings;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.query.QuerySettings;
import io.fleetcompat.schemas.HostProblemKind;
import io.fleetcompat.settings.SettingsTable;
import org.junit.jupiter.api.Test;

/**
 * The tables of settings in docs/operations.md are those that the catalogues print; where one is
 * not, the failure has the table to put there.
 */
class OperationsTest {

  private static final String DOCUMENT = Repository.read("docs/operations.md");

  @Test
  void settingsOfEveryProcess() {
    assertThat(table("every process")).isEqualTo(SettingsTable.ofEveryProcess());
  }

  @Test
  void settingsOfCollect() {
    assertThat(table("collect")).isEqualTo(SettingsTable.ofItsOwn(CollectorSettings.CATALOGUE));
  }

  @Test
  void settingsOfIndex() {
    assertThat(table("index")).isEqualTo(SettingsTable.ofItsOwn(IndexerSettings.CATALOGUE));
  }

  @Test
  void settingsOfServe() {
    assertThat(table("serve")).isEqualTo(SettingsTable.ofItsOwn(QuerySettings.CATALOGUE));
  }

  /** The failure has the table to put there, if it is another one. */
  @Test
  void problemsOfHosts() {
    StringBuilder table = new StringBuilder("| kind | is | what to do |\n|---|---|---|\n");
    for (HostProblemKind kind : HostProblemKind.values()) {
      table.append("| `%s` | %s | %s |\n".formatted(kind, kind.meaning(), kind.toDo()));
    }
    assertThat(DOCUMENT).contains("\n\n" + table + "\n");
  }

  /** The first table of a section, as it is written. */
  private static String table(String process) {
    String section =
        DOCUMENT.split("## Settings of " + process + "\n", -1)[1].split("\n## ", -1)[0];
    int begin = section.indexOf("| setting |");
    int end = section.indexOf("\n\n", begin);
    return end < 0 ? section.substring(begin) : section.substring(begin, end + 1);
  }
}
