package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.Terminal;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say how much of a list is printed: a page of it, or all. */
final class PageOptions {

  /** Most entries of one page. */
  private static final String PAGE = "1000";

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Return at most N entries, 1 to 1000 (default: on a terminal 100, through a pipe or into"
              + " a file all).")
  private Optional<String> limit;

  @Option(
      names = "--cursor",
      paramLabel = "C",
      description = "Return what follows a page: C is what that page named.")
  private Optional<String> cursor;

  @Option(names = "--all", description = "Return all entries on a terminal, too.")
  private boolean all;

  private PageOptions() {}

  /** The parameters of a list that comes in pages. */
  void putInto(Map<String, Optional<String>> parameters) {
    parameters.put("limit", isWhole() ? Optional.of(PAGE) : limit);
    parameters.put("cursor", cursor);
  }

  /** Those of one that comes whole: what is typed is the API's to refuse. */
  void putTypedInto(Map<String, Optional<String>> parameters) {
    parameters.put("limit", limit);
    parameters.put("cursor", cursor);
  }

  /** True where all pages are wanted: also by whoever reads them from a pipe. */
  private boolean isWhole() {
    if (all && limit.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "expected --all or --limit, found both: choose one");
    }
    return all || (limit.isEmpty() && !Terminal.isThere());
  }

  /**
   * The answer to a question for a list: of the page that is wanted, or of all of them.
   *
   * @param member the name that the list has in answers
   */
  Api.Answer ask(Api api, String path, Map<String, Optional<String>> parameters, String member) {
    return isWhole()
        ? new WholeList(api, path, parameters, member).answer()
        : api.get(path, parameters);
  }

  /** Tells that there is more, where there is. */
  void tellRest(JsonNode answer, PrintWriter err) {
    if (answer.hasNonNull("next")) {
      err.println(
          Printable.line(
              "fleetcompat: there are more: --all lists all, and --cursor %s what follows"
                  .formatted(answer.path("next").asText())));
      err.flush();
    }
  }
}
