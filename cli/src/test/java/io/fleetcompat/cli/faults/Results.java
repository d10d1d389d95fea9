package io.fleetcompat.cli.faults;

import io.fleetcompat.cli.verify.OracleAsker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The table of what was seen, as docs/robustness.md shows it. Any thread. */
final class Results {

  private static final Path FILE = Path.of("target/faults.md");
  private static final double KILO = 1000;
  private static final double MILLIS = 1000;

  private final List<String> rows = new ArrayList<>();

  /**
   * One more row, and the table so far, with the machine and the day.
   *
   * @param seen until all answers were right
   * @param took the whole scenario, without the start of its stage
   */
  synchronized void add(Scenario scenario, Duration seen, Duration took, long logBytes, Stage stage)
      throws IOException {
    rows.add(
        "| %s | %s | %s (%s) | %.1f s | %d s | %.0f kB | %s | %s |"
            .formatted(
                scenario.name(),
                scenario.fault(),
                scenario.promised().toSeconds() + " s",
                scenario.why(),
                seen.toMillis() / MILLIS,
                took.toSeconds(),
                logBytes / KILO,
                answers(stage.askers()),
                String.join("; ", stage.visitors().seen())));
    write();
  }

  private static String answers(List<OracleAsker> askers) {
    List<String> counts = new ArrayList<>();
    for (String outcome : List.of("COMPATIBLE", "INCOMPATIBLE", "UNKNOWN")) {
      counts.add("%,d".formatted(askers.stream().mapToLong(asker -> asker.count(outcome)).sum()));
    }
    return "%s; %,d"
        .formatted(
            String.join(" / ", counts), askers.stream().mapToLong(OracleAsker::unanswered).sum());
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %d processors, %s %s, Java %s"
            .formatted(
                LocalDate.now(java.time.ZoneId.systemDefault()),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version()));
    lines.add("");
    lines.add(
        "| scenario | fault | promised | seen | took | logged | answers: yes / no / unknown; none |"
            + " measured |");
    lines.add("|---|---|---|---|---|---|---|---|");
    lines.addAll(rows.stream().sorted().toList());
    Files.write(FILE, lines);
  }
}
