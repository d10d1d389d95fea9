package io.fleetcompat.cli.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.YamlText;
import io.fleetcompat.compatibility.cases.PackCases;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePackReader;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.YamlProblem;
import io.fleetcompat.indexer.PackDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command that tries whether a rule pack decides cases as its author says. */
@Command(
    name = "test",
    description =
        "Judge the cases of a file by a rule pack, and say which are decided otherwise than it"
            + " expects. Exit status 3: some are, or a file is refused.",
    footer = {
      "%nExamples:",
      "  fleetcompat rules test mine.yaml cases/mine.yaml",
      "  fleetcompat rules test nvidia-mdev cases.yaml --rule-option nvidia-mdev.ecc=if-known"
    })
final class RulesTest extends PackQuestion {

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The file of a rule pack, or the id of a pack in force.")
  private String file;

  @Parameters(
      index = "1",
      paramLabel = "CASES",
      description = "A file of cases (docs/rule-packs.md).")
  private Path cases;

  private RulesTest() {}

  @Override
  public Integer call() {
    try {
      RulePacks packs = packs();
      RulePack pack = find(packs, id());
      PackCases read = PackCases.read(cases.toString(), YamlText.of(cases), pack);
      List<PackCases.Result> results = read.run(packs);
      print(json(pack, read, results), () -> text(pack, read, results));
      return results.stream().allMatch(PackCases.Result::holds)
          ? ExitStatus.OK
          : ExitStatus.INCOMPATIBLE;
    } catch (BadYamlException e) {
      throw new CommandFailure(
          ExitStatus.INCOMPATIBLE,
          e.problems().stream().map(YamlProblem::toString).collect(Collectors.joining("\n")));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private boolean isFile() {
    return Files.exists(Path.of(file)) || file.indexOf('/') >= 0 || file.endsWith(".yaml");
  }

  private String id() throws BadYamlException {
    return isFile() ? RulePackReader.read(file, YamlText.of(Path.of(file))).id() : file;
  }

  /** The packs in force, with the file's over them. */
  private RulePacks packs() throws BadYamlException {
    RulePacks others = PackDirectory.read(rules.directory(), new TreeMap<>());
    Map<String, String> own = isFile() ? Map.of(file, YamlText.of(Path.of(file))) : Map.of();
    return others.with(new TreeMap<>(own), rules.chosen());
  }

  private void text(RulePack pack, PackCases read, List<PackCases.Result> results) {
    for (PackCases.Result result : results) {
      String place = result.holds() ? "" : " (%s:%d)".formatted(cases, result.of().line());
      line((result.holds() ? "ok      " : "FAILED  ") + result.of().name() + place);
      result.differences().forEach(difference -> line("        " + difference));
    }
    notCovered(read).ifPresent(this::line);
    long failed = results.stream().filter(result -> !result.holds()).count();
    line("%s: %d cases, %d failed".formatted(pack.name(), read.size(), failed));
  }

  private static Optional<String> notCovered(PackCases read) {
    SortedSet<String> open = read.notCovered();
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of("no case expects a no, or a warning, of: " + String.join(", ", open));
  }

  private void line(String text) {
    out().println(Printable.line(text));
  }

  private static ObjectNode json(RulePack pack, PackCases read, List<PackCases.Result> results) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("pack", pack.name());
    json.put("cases", read.size());
    json.put("failed", results.stream().filter(result -> !result.holds()).count());
    ArrayNode open = json.putArray("notCovered");
    read.notCovered().forEach(open::add);
    ArrayNode all = json.putArray("results");
    for (PackCases.Result result : results) {
      ObjectNode one = all.addObject();
      one.put("name", result.of().name());
      one.put("line", result.of().line());
      one.put("ok", result.holds());
      ArrayNode differences = one.putArray("differences");
      result.differences().forEach(differences::add);
    }
    return json;
  }
}
