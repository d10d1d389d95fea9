package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.collector.ConfigFile;
import io.fleetcompat.indexer.IndexerConfig;
import io.fleetcompat.query.QueryConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The settings that docs/operations.md names are the ones that the processes take. */
class OperationsTest {

  private static final String DOCUMENT = Repository.read("docs/operations.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]*) \\|");
  private static final Pattern VALUE = Pattern.compile("`([^`$]+)`$");

  @Test
  void collectTakesWhatIsDocumented() {
    everyDocumentedDefaultIsTheDefault("collect", ConfigFile::parse);
    assertThat(documented("collect").keySet())
        .containsAll(spelledIn("collector/src/main/java/io/fleetcompat/collector/ConfigFile.java"));
  }

  @Test
  void indexTakesWhatIsDocumented() {
    everyDocumentedDefaultIsTheDefault("index", settings -> IndexerConfig.parse(settings).shown());
    assertThat(documented("index").keySet())
        .containsAll(spelledIn("indexer/src/main/java/io/fleetcompat/indexer/IndexerConfig.java"));
  }

  @Test
  void serveTakesWhatIsDocumented() {
    everyDocumentedDefaultIsTheDefault("serve", QueryConfig::parse);
    assertThat(documented("serve").keySet())
        .containsAll(spelledIn("query-api/src/main/java/io/fleetcompat/query/QueryConfig.java"));
  }

  private static void everyDocumentedDefaultIsTheDefault(
      String process, Function<Map<String, String>, Object> parser) {
    Map<String, String> needed = new TreeMap<>(Map.of("bootstrap-servers", "k:9092"));
    if (!process.equals("serve")) {
      needed.put("state-dir", "/state");
    }
    if (process.equals("collect")) {
      needed.put("host", "h");
    }
    String plain = parser.apply(needed).toString();
    documented(process)
        .forEach(
            (name, cell) -> {
              Matcher value = VALUE.matcher(cell);
              if (value.find() && !needed.containsKey(name)) {
                Map<String, String> with = new TreeMap<>(needed);
                with.put(name, value.group(1));
                assertThat(parser.apply(with).toString()).as(name).isEqualTo(plain);
              }
            });
    Map<String, String> unknown = new TreeMap<>(needed);
    unknown.put("state-directory", "/state");
    assertThatThrownBy(() -> parser.apply(unknown)).hasMessageContaining("state-directory");
  }

  /** Setting → default, of a process and of all. */
  private static Map<String, String> documented(String process) {
    Map<String, String> rows = new TreeMap<>();
    for (String title : List.of("every process", process)) {
      String section = DOCUMENT.split("## Settings of " + title + "\n", 2)[1].split("\n## ", 2)[0];
      Matcher row = ROW.matcher(section);
      while (row.find()) {
        rows.put(row.group(1), row.group(2).strip());
      }
    }
    return rows;
  }

  /** The names that the code reads, as it spells them. */
  private static Set<String> spelledIn(String file) {
    Matcher name =
        Pattern.compile(
                "(?:text|duration|number|integer|bool|find|required|take)"
                    + "\\((?:rest, )?\"([a-z][a-z.-]*)\"")
            .matcher(Repository.read(file));
    Set<String> names = new TreeSet<>();
    while (name.find()) {
      names.add(name.group(1));
    }
    assertThat(names).hasSizeGreaterThan(5);
    return names;
  }
}
