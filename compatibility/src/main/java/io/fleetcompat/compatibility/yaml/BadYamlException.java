package io.fleetcompat.compatibility.yaml;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The refusal of a YAML file, or of a setting that chooses among what one says: everything that was
 * found wrong with it.
 */
public final class BadYamlException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<YamlProblem> problems;

  /**
   * @param problems at least one, in the order in which they are to be told
   */
  public BadYamlException(List<YamlProblem> problems) {
    super(problems.getFirst() + (problems.size() > 1 ? more(problems.size() - 1) : ""));
    this.problems = List.copyOf(problems);
  }

  public BadYamlException(String file, int line, String expected, String found) {
    this(List.of(new YamlProblem(file, line, expected, found)));
  }

  private static String more(int others) {
    return " (and " + others + " more that 'fleetcompat rules check' lists)";
  }

  /** All of them, at least one. */
  public List<YamlProblem> problems() {
    return problems;
  }

  /** All of them as sentences, one a line. */
  public String allProblems() {
    return problems.stream().map(YamlProblem::toString).collect(Collectors.joining("\n"));
  }

  /** The line of the first of them, from 1; 0 for a setting. */
  public int line() {
    return problems.getFirst().line();
  }

  /** The first of them as a sentence, {@code FILE:LINE: expected …, found …}, and their number. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
