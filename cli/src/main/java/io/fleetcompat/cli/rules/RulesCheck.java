package io.fleetcompat.cli.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.YamlText;
import io.fleetcompat.compatibility.pack.PackRemark;
import io.fleetcompat.compatibility.pack.PackReview;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePackReader;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.YamlProblem;
import io.fleetcompat.indexer.PackDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that looks for everything that is wrong with files of rule packs. */
@Command(
    name = "check",
    description =
        "Look for everything that is wrong with files of rule packs, as the indexer would refuse"
            + " them, and warn of what may not be meant. Exit status 3: something is wrong.",
    footer = {
      "%nExamples:",
      "  fleetcompat rules check mine.yaml",
      "  fleetcompat rules check --strict /etc/fleetcompat/rules.d"
    })
final class RulesCheck extends PackQuestion {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A file of a rule pack, or a directory: then its *.yaml.")
  private List<Path> named;

  @Option(names = "--strict", description = "Let a warning count as something that is wrong.")
  private boolean strict;

  private final List<YamlProblem> problems = new ArrayList<>();
  private final List<PackRemark> remarks = new ArrayList<>();

  private RulesCheck() {}

  @Override
  public Integer call() {
    List<Path> files = PackFiles.of(named);
    SortedMap<String, String> sound = new TreeMap<>();
    SortedMap<String, RulePack> packs = new TreeMap<>();
    for (Path file : files) {
      read(file, sound, packs);
    }
    review(sound, packs);
    named.forEach(this::remarkMisnamed);
    if (problems.isEmpty()) {
      named.stream().filter(Files::isDirectory).forEach(this::accept);
    }
    print(json(files.size()), () -> text(files.size()));
    return problems.isEmpty() && (remarks.isEmpty() || !strict)
        ? ExitStatus.OK
        : ExitStatus.INCOMPATIBLE;
  }

  private void read(Path file, SortedMap<String, String> sound, SortedMap<String, RulePack> packs) {
    String name = file.toString();
    try {
      String text = YamlText.of(file);
      RulePack pack = RulePackReader.read(name, text);
      Optional<String> other =
          packs.entrySet().stream()
              .filter(known -> known.getValue().id().equals(pack.id()))
              .map(Map.Entry::getKey)
              .findFirst();
      if (other.isPresent()) {
        String found = pack.id() + " of " + other.get();
        problems.add(new YamlProblem(name, 1, "a pack of an id of its own", found));
        return;
      }
      sound.put(name, text);
      packs.put(name, pack);
    } catch (BadYamlException e) {
      problems.addAll(e.problems());
    }
  }

  /** Looks at the sound ones among all packs that would be in force with them. */
  private void review(SortedMap<String, String> sound, SortedMap<String, RulePack> packs) {
    try {
      RulePacks before = PackDirectory.read(rules.directory(), new TreeMap<>());
      boolean areComplete = problems.isEmpty();
      RulePacks after = before.with(sound, new TreeMap<>());
      packs.values().forEach(pack -> remarks.addAll(PackReview.of(after, pack(after, pack))));
      problems.addAll(after.refusedOptions(rules.chosen(), areComplete));
      for (Path directory : named) {
        if (Files.isDirectory(directory)) {
          problems.addAll(PackDirectory.refusedOptions(directory, after, areComplete));
        }
      }
    } catch (BadYamlException e) {
      problems.addAll(e.problems());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** Files that a directory of packs may hold, and that the indexer does not read there. */
  private void remarkMisnamed(Path path) {
    if (Files.isDirectory(path)) {
      for (Path file : PackFiles.misnamed(path)) {
        remarks.add(new PackRemark(file.toString(), 1, PackFiles.notRead(file)));
      }
    } else if (!PackFiles.isRead(path)) {
      String words = "in a directory of packs, " + PackFiles.notRead(path);
      remarks.add(new PackRemark(path.toString(), 1, words));
    }
  }

  /** Reads a directory as the indexer does: its options, and the bounds on all of it, count too. */
  private void accept(Path directory) {
    try {
      PackDirectory.read(Optional.of(directory), rules.chosen());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitStatus.INCOMPATIBLE,
          "the indexer would refuse " + directory + ": " + String.valueOf(e.getMessage()));
    }
  }

  private static RulePack pack(RulePacks all, RulePack pack) {
    return all.find(pack.id()).orElse(pack);
  }

  private void text(int files) {
    problems.forEach(problem -> out().println(Printable.line(problem.toString())));
    remarks.forEach(remark -> out().println(Printable.line(remark.toString())));
    out()
        .println(
            "files: %d, problems: %d, warnings: %d"
                .formatted(files, problems.size(), remarks.size()));
  }

  private ObjectNode json(int files) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("files", files);
    ArrayNode wrong = json.putArray("problems");
    for (YamlProblem problem : problems) {
      wrong
          .addObject()
          .put("file", problem.file())
          .put("line", problem.line())
          .put("expected", problem.expected())
          .put("found", problem.found());
    }
    ArrayNode warnings = json.putArray("warnings");
    for (PackRemark remark : remarks) {
      warnings
          .addObject()
          .put("file", remark.file())
          .put("line", remark.line())
          .put("warning", remark.words());
    }
    return json;
  }
}
