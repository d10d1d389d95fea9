package io.fleetcompat.cli.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One fault and what is promised, as a folder of {@code src/test/resources/faults} has it in its
 * file {@code scenario.txt}: headers, an empty line, steps.
 *
 * @param name the folder
 * @param fault what is done, in words
 * @param promised the time after the last step until all answers are the oracle's
 * @param why the sum that the bound is made of
 * @param parts the processes it needs
 * @param steps what is done, in order
 */
record Scenario(
    String name, String fault, Duration promised, String why, Parts parts, List<Step> steps) {

  private static final Path FOLDERS = Path.of("src/test/resources/faults");
  private static final String FILE = "scenario.txt";
  private static final Set<String> HEADERS = Set.of("fault", "promised", "why", "stage");
  private static final int SMALL_HEAP = 128;
  private static final Map<String, Integer> DEFAULTS =
      Map.of(
          "brokers", 1,
          "indexers", 1,
          "apis", 1,
          "hosts", 5,
          "window", (int) Stage.WINDOW.toSeconds(),
          "strict", 0,
          "pools", 20,
          "hostile", 0,
          "api-heap", SMALL_HEAP);
  private static final Set<String> FLAGS =
      Set.of("network", "before", "slow-disk", "clocks", "busy");
  private static final Pattern SETTING = Pattern.compile("(collect|index|serve):([a-z.-]+)=(.+)");

  Scenario {
    steps = List.copyOf(steps);
  }

  /**
   * The processes of a stage, beside the collector of all hosts.
   *
   * @param window the age in seconds up to which what decides a yes may be right
   * @param strict that age for those who also ask with {@code max-behind=0}; 0 where nobody does
   * @param pools the time in seconds until the health of pools is right, too: where there are
   *     thousands of new types, millions of pairs are judged for it
   * @param network whether each has a network namespace of its own
   * @param before whether all begin as the version before
   * @param slow whether brokers and indexers write to a disk that can be made slow
   * @param clocks whether the clocks of APIs can be set
   * @param busy whether it takes the processors for so long that no other such one is beside it
   * @param hostile hosts, beside those that change, whose trees can be made hostile
   * @param apiHeap of each API, in MiB
   * @param settings of commands, such as {@code collect:interval.refresh=10s}: by command, by name
   */
  record Parts(
      int brokers,
      int indexers,
      int apis,
      int hosts,
      int window,
      int strict,
      Duration pools,
      boolean network,
      boolean before,
      boolean slow,
      boolean clocks,
      boolean busy,
      int hostile,
      int apiHeap,
      Map<String, Map<String, String>> settings) {

    Parts {
      settings = Map.copyOf(settings);
    }

    /** Reads words such as {@code brokers=1 indexers=2 network}. */
    static Parts parse(String words) {
      Map<String, Integer> counts = new HashMap<>(DEFAULTS);
      Set<String> flags = new HashSet<>();
      Map<String, Map<String, String>> settings = new HashMap<>();
      for (String word : words.split(" +", -1)) {
        Matcher setting = SETTING.matcher(word);
        String[] parts = word.split("=", 2);
        if (setting.matches()) {
          settings
              .computeIfAbsent(setting.group(1), _ -> new HashMap<>())
              .put(setting.group(2), setting.group(3));
        } else if (parts.length == 2 && counts.containsKey(parts[0])) {
          counts.put(parts[0], Integer.valueOf(parts[1]));
        } else if (parts.length == 1 && FLAGS.contains(word)) {
          flags.add(word);
        } else {
          throw new IllegalArgumentException(
              "expected %s with a number, COMMAND:SETTING=VALUE, or %s, found '%s'"
                  .formatted(counts.keySet(), FLAGS, word));
        }
      }
      return new Parts(
          counts.getOrDefault("brokers", 1),
          counts.getOrDefault("indexers", 1),
          counts.getOrDefault("apis", 1),
          counts.getOrDefault("hosts", 1),
          counts.getOrDefault("window", 0),
          counts.getOrDefault("strict", 0),
          Duration.ofSeconds(counts.getOrDefault("pools", 0)),
          flags.contains("network"),
          flags.contains("before"),
          flags.contains("slow-disk"),
          flags.contains("clocks"),
          flags.contains("busy"),
          counts.getOrDefault("hostile", 0),
          counts.getOrDefault("api-heap", SMALL_HEAP),
          settings);
    }

    /** The settings that a command has beyond those of every stage. */
    Map<String, String> settings(String command) {
      return settings.getOrDefault(command, Map.of());
    }
  }

  /** All of them, by name; a file that is none of theirs is refused. */
  static List<Scenario> all() {
    try (Stream<Path> folders = Files.list(FOLDERS)) {
      return folders.sorted().map(Scenario::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Scenario read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.toList();
      if (!found.equals(List.of(folder.resolve(FILE)))) {
        throw new IllegalArgumentException("expected " + FILE + " alone, found " + found);
      }
      return parse(String.valueOf(folder.getFileName()), Files.readAllLines(found.getFirst()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Scenario parse(String name, List<String> lines) {
    int end = lines.indexOf("");
    Map<String, String> headers = new HashMap<>();
    for (String line : lines.subList(0, Math.max(0, end))) {
      String[] parts = line.split(": ", 2);
      if (parts.length < 2 || !HEADERS.contains(parts[0])) {
        throw new IllegalArgumentException(
            "%s: expected a header of %s, found '%s'".formatted(name, HEADERS, line));
      }
      headers.put(parts[0], parts[1]);
    }
    List<Step> steps = new ArrayList<>();
    lines.subList(end + 1, lines.size()).forEach(line -> steps.addAll(Step.parse(line)));
    return new Scenario(
        name,
        header(name, headers, "fault"),
        Step.duration(header(name, headers, "promised")),
        header(name, headers, "why"),
        Parts.parse(header(name, headers, "stage")),
        steps);
  }

  private static String header(String scenario, Map<String, String> headers, String name) {
    return Optional.ofNullable(headers.get(name))
        .orElseThrow(() -> new IllegalArgumentException(scenario + ": expected a header " + name));
  }

  @Override
  public String toString() {
    return name;
  }
}
