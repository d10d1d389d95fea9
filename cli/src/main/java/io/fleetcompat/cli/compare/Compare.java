package io.fleetcompat.cli.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.output.CapacityText;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.FormatOption;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.RuleSetText;
import io.fleetcompat.cli.output.VerdictText;
import io.fleetcompat.cli.output.Yaml;
import io.fleetcompat.cli.rules.RuleOptions;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.VerdictJson;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.HostReading.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that compares two endpoints of two sysfs trees on disk, without Kafka. */
@Command(
    name = "compare",
    description =
        "Say whether a device of one sysfs tree may go to another; both are on disk, and no fleet"
            + " is needed. Exit status 0: yes; 3: no; 4: unknown.",
    footer = {
      "%nAn endpoint is DEVICE or PARENT/TYPE. Leave it out if a tree has only one.",
      "%nExample:",
      "  fleetcompat compare --source /tmp/a/sys --destination /tmp/b/sys -o json",
      "  fleetcompat compare --source /tmp/a/sys --destination /tmp/b/sys --rules"
          + " /etc/fleetcompat/rules.d"
    })
public final class Compare implements Callable<Integer> {

  private static final int MOST_PROBLEMS = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--source",
      required = true,
      paramLabel = "DIR|TAR",
      description =
          "The source host's sysfs root: a directory, or an archive that 'inspect -o tar' wrote.")
  private Path source;

  @Option(
      names = "--destination",
      required = true,
      paramLabel = "DIR|TAR",
      description = "The destination host's sysfs root, likewise.")
  private Path destination;

  @Option(
      names = "--source-endpoint",
      paramLabel = "E",
      description = "The endpoint at the source.")
  private Optional<String> sourceEndpoint;

  @Option(
      names = "--destination-endpoint",
      paramLabel = "E",
      description = "The endpoint at the destination.")
  private Optional<String> destinationEndpoint;

  @Option(
      names = "--source-facts",
      paramLabel = "DIR",
      description = "Read *.facts files of the source from here; an archive has its own.")
  private Optional<Path> sourceFacts;

  @Option(
      names = "--destination-facts",
      paramLabel = "DIR",
      description = "Read *.facts files of the destination from here; an archive has its own.")
  private Optional<Path> destinationFacts;

  @Mixin private FormatOption output;

  @Option(
      names = "--policy",
      paramLabel = "cross-type|mutual",
      description = "Apply this policy too (docs/rules.md 3.1 and 3.2); may be repeated.")
  private List<String> policies = List.of();

  @Option(
      names = "--probe",
      description =
          "Ask the destination's driver where only that can tell: write the source's version to"
              + " the destination's migration_version (docs/rules.md 3.3). Nothing else is written,"
              + " and nothing where the destination is a copy of a tree.")
  private boolean probe;

  @Mixin private RuleOptions rules;

  private Compare() {}

  @Override
  public Integer call() {
    Judge judge = new Judge(RuleSet.of(policies(), rules.packs()));
    Side from = Side.read("source", source, sourceFacts, sourceEndpoint, Likeness.NONE, judge);
    Likeness wanted = Likeness.of(Profile.of(from.endpoint()));
    Side to =
        Side.read("destination", destination, destinationFacts, destinationEndpoint, wanted, judge);
    DestinationDriver driver =
        new DestinationDriver(to.prober(), to.version(), InstantSource.system());
    Verdict verdict = from.absent().or(to::absent).orElseGet(() -> judge(judge, from, to, driver));
    JsonNode answer = answer(verdict, judge.ruleSet(), to.capacity());
    PrintWriter out = spec.commandLine().getOut();
    switch (output.format()) {
      case json -> out.println(Printable.document(answer.toString()));
      case yaml -> out.print(Yaml.of(answer));
      case text -> {
        VerdictText.print(answer, from.name(), to.name(), out);
        CapacityText.print(answer, out);
        RuleSetText.print(answer, out);
        problems(from, out);
        problems(to, out);
      }
    }
    return ExitStatus.ofVerdict(verdict.outcome().name());
  }

  /** Nobody asks a driver about what is decided without it. */
  private Verdict judge(Judge judge, Side from, Side to, DestinationDriver driver) {
    Profile source = Profile.of(from.endpoint());
    Profile destination = Profile.of(to.endpoint());
    Verdict verdict = judge.judge(source, destination);
    if (probe && verdict.outcome() == Outcome.UNKNOWN) {
      verdict = judge.judge(source, destination, driver);
    }
    return verdict.withValues(ObligationValues.of(from.endpoint())).on(from.tree(), to.tree());
  }

  private Set<Policy> policies() {
    Set<Policy> chosen = EnumSet.noneOf(Policy.class);
    for (String name : policies) {
      try {
        chosen.add(Policy.parse(name));
      } catch (IllegalArgumentException e) {
        throw CommandFailure.usage("--policy: " + e.getMessage());
      }
    }
    return chosen;
  }

  /** The verdict with the room at the destination and the rules that it is by. */
  private static JsonNode answer(Verdict verdict, RuleSet rules, Optional<Integer> capacity) {
    try {
      ObjectNode answer = (ObjectNode) new ObjectMapper().readTree(VerdictJson.toJson(verdict));
      answer.put("capacity", capacity.orElse(null));
      return answer.put("ruleSet", rules.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("we wrote this JSON ourselves", e);
    }
  }

  /** The problems that the reader met: one may be the cause of an UNKNOWN. */
  private static void problems(Side side, PrintWriter out) {
    List<Problem> problems = side.reading().problems();
    for (Problem problem : problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))) {
      out.println(
          Printable.line(
              "  note, %s tree: %s at %s: %s"
                  .formatted(side.role(), problem.code(), problem.path(), problem.detail())));
    }
    if (problems.size() > MOST_PROBLEMS) {
      out.println("  note, and " + (problems.size() - MOST_PROBLEMS) + " more");
    }
  }
}
