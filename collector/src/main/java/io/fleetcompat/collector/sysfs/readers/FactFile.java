package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The content of one {@code *.facts} file: a fact a line ({@link FactLine}), where empty lines and
 * lines that begin with {@code #} are none. A fact that it states with several values is malformed.
 * A line that is no fact may have been meant as any: with one, nobody knows what the file states.
 *
 * @param facts each once, in the order of the file
 * @param problems what was wrong, each with its line
 * @param strange the first line that is no fact, from 1
 */
record FactFile(List<StatedFact> facts, List<String> problems, OptionalInt strange) {

  FactFile {
    facts = List.copyOf(facts);
    problems = List.copyOf(problems);
  }

  /**
   * The facts of a file.
   *
   * @param staleness the reason why none of it is believed, if there is one
   */
  static FactFile parse(
      String file, String text, Optional<String> staleness, FactCatalogue catalogue) {
    Parsing parsing = new Parsing(file, staleness, catalogue);
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (!FactLine.isEmpty(line)) {
        parsing.add(number, line);
      }
    }
    return new FactFile(List.copyOf(parsing.facts.values()), parsing.problems, parsing.strange);
  }

  /** A file of which some lines were read. */
  private static final class Parsing {

    private final String file;
    private final Optional<String> staleness;
    private final FactCatalogue catalogue;
    private final Map<String, StatedFact> facts = new LinkedHashMap<>();
    private final Map<String, Attribute> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private OptionalInt strange = OptionalInt.empty();

    Parsing(String file, Optional<String> staleness, FactCatalogue catalogue) {
      this.file = file;
      this.staleness = staleness;
      this.catalogue = catalogue;
    }

    void add(int number, String text) {
      try {
        add(number, FactLine.parse(text));
      } catch (IllegalArgumentException e) {
        problem(number, String.valueOf(e.getMessage()));
        strange = strange.isPresent() ? strange : OptionalInt.of(number);
      }
    }

    private void add(int number, FactLine line) {
      switch (line.fact()) {
        case Attribute.Malformed(String problem) -> problem(number, line.name() + ": " + problem);
        case Attribute.Text(String value) ->
            catalogue.problem(line.name(), value).ifPresent(problem -> problem(number, problem));
        case Attribute.Unreadable _, Attribute.Directory _, Attribute.Absent _ -> {}
      }
      FactLine believed = staleness.map(line::unbelieved).orElse(line);
      StatedFact stated =
          new StatedFact(
              line.name(),
              line.device(),
              believed.fact(),
              new StatedFact.Place(file, number),
              staleness.isPresent());
      String key = line.device().orElse("") + " " + line.name();
      facts.putIfAbsent(key, stated);
      if (!line.fact().equals(values.computeIfAbsent(key, added -> line.fact()))) {
        problem(number, line.name() + ": " + StatedFact.SEVERAL);
        facts.computeIfPresent(key, (same, first) -> first.orAnotherValue());
      }
    }

    private void problem(int number, String words) {
      problems.add("line " + number + ": " + words);
    }
  }
}
