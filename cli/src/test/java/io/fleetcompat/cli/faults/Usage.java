package io.fleetcompat.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The memory, open files and threads of processes, as Linux counts them, at several times. One
 * thread.
 */
final class Usage {

  /** The growth that the last measure may show beyond the greatest of the first half. */
  private static final double GROWTH = 1.2;

  /** Also of what is small: a compaction's files, a client's threads. */
  private static final Sample MORE = new Sample(16 << 10, 24, 6);

  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");
  private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s+(\\d+)$");

  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

  /**
   * One measure.
   *
   * @param resident memory in KiB
   */
  private record Sample(long resident, long files, long threads) {

    boolean isBeyond(List<Sample> before) {
      return isBeyond(Sample::resident, before)
          || isBeyond(Sample::files, before)
          || isBeyond(Sample::threads, before);
    }

    private boolean isBeyond(ToLongFunction<Sample> what, List<Sample> before) {
      long most = before.stream().mapToLong(what).max().orElse(0);
      return what.applyAsLong(this) > most * GROWTH + what.applyAsLong(MORE);
    }

    @Override
    public String toString() {
      return "%d/%d/%d".formatted(resident >> 10, files, threads);
    }
  }

  /** Looks at all of them. */
  void measure(List<Part> parts) throws IOException {
    for (Part part : parts) {
      samples.computeIfAbsent(part.name(), _ -> new ArrayList<>()).add(look(part.pid()));
    }
  }

  private static Sample look(long pid) throws IOException {
    Path process = Path.of("/proc", String.valueOf(pid));
    String status = Files.readString(process.resolve("status"));
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      return new Sample(number(RESIDENT, status), files.count(), number(THREADS, status));
    }
  }

  /** The most memory that a process ever had resident, in bytes. */
  static long peak(long pid) throws IOException {
    return number(PEAK, Files.readString(Path.of("/proc", String.valueOf(pid), "status"))) << 10;
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("expected " + pattern + ", found " + text);
    }
    return Long.parseLong(matcher.group(1));
  }

  /** The processes whose last measure is beyond those of the first half, with all measures. */
  List<String> grown() {
    List<String> grown = new ArrayList<>();
    samples.forEach(
        (name, all) -> {
          if (all.getLast().isBeyond(all.subList(0, Math.max(1, all.size() / 2)))) {
            grown.add(name + ": " + all);
          }
        });
    return grown;
  }

  /** All measures: MiB resident, open files, threads. */
  String table() {
    List<String> rows = new ArrayList<>();
    rows.add("| process | MiB resident/open files/threads after each round |");
    rows.add("|---|---|");
    samples.forEach(
        (name, all) ->
            rows.add(
                "| %s | %s |"
                    .formatted(
                        name, String.join(", ", all.stream().map(Sample::toString).toList()))));
    return String.join("\n", rows) + "\n";
  }
}
