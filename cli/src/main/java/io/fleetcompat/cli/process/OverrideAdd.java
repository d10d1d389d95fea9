package io.fleetcompat.cli.process;

import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.client.Effect;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ExitStatus;
import io.fleetcompat.cli.output.Printable;
import io.fleetcompat.cli.output.YamlText;
import io.fleetcompat.compatibility.override.OverrideFile;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.indexer.PackDirectory;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.ProcessKeys;
import io.fleetcompat.settings.Times;
import io.fleetcompat.settings.Values;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that turns a rule off for some pairs. */
@Command(
    modelTransformer = CatalogueOptions.class,
    name = "add",
    description =
        "Turn one rule off for a pair of profiles, drivers or pools, or do what a file says. What"
            + " it would change is said first. Nothing malformed becomes a yes.",
    footer = {
      "%nExamples:",
      "  fleetcompat override add --bootstrap-servers kafka:9092 --rule nvidia-vfio/ecc-mode \\",
      "    --scope driver --from nvidia --to nvidia --reason 'tried on three cards' --expires 30d",
      "  fleetcompat override add --bootstrap-servers kafka:9092 --file overrides.yaml",
      "  fleetcompat override add --bootstrap-servers kafka:9092 --api http://127.0.0.1:8787 \\",
      "    --outcome 5f3f6a6e-7a5e-4b0e-9a53-6c1f7e0f6b52"
    })
public final class OverrideAdd extends KafkaCommand {

  private static final Key<Path> RULES = IndexerSettings.RULES_DIRECTORY.orOption("--rules");

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "override",
          List.of(ProcessKeys.BOOTSTRAP_SERVERS, ProcessKeys.TOPIC_PREFIX, RULES),
          List.of(ProcessKeys.KAFKA));

  @Mixin private OverrideOptions one;

  @Mixin private OverrideTopicOption wait;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Add all overrides of this YAML file, or none; those that the topic has under the same"
              + " id are replaced.")
  private Optional<Path> file;

  @Option(
      names = "--outcome",
      paramLabel = "ID",
      description =
          "Turn off the rule that said no to a migration that succeeded, for its two profiles:"
              + " an outcome that --api knows (docs/outcomes.md).")
  private Optional<String> outcome = Optional.empty();

  @Option(
      names = "--author",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who says so (default: ${DEFAULT-VALUE}); a file may say it itself.")
  private String author;

  @Option(
      names = "--api",
      paramLabel = "URL",
      defaultValue = "${env:FLEETCOMPAT_API}",
      description = "Ask this API what it would change; without it, that is not known.")
  private Optional<String> api;

  @Option(names = "--dry-run", description = "Say what it would change, and write nothing.")
  private boolean dryRun;

  private OverrideAdd() {}

  @Override
  Catalogue catalogue() {
    return CATALOGUE;
  }

  @Override
  int ask(Values values) {
    InstantSource clock = InstantSource.system();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // What is wrong by itself is refused at once, also where Kafka does not answer.
    OverrideChecks.Source source = source(now);
    RulePacks packs = packs(values);
    OverrideChecks.refuseUnusable(source, packs);
    OverrideTopic topic = wait.topic(values);
    try {
      SortedMap<String, RuleOverride> known = topic.read().overrides();
      List<RuleOverride> wanted = new OverrideChecks(packs, known).accepted(source);
      tellEffects(wanted);
      if (!dryRun && !wanted.isEmpty()) {
        topic.add(wanted);
        wanted.forEach(each -> say("added " + each.id() + ": " + words(each)));
      }
    } catch (KafkaException e) {
      throw failure("the overrides could not be read or written", e, values);
    }
    return ExitStatus.OK;
  }

  private static String words(RuleOverride override) {
    return override.rule()
        + " for "
        + override.scope()
        + override.expires().map(end -> " until " + end).orElse("");
  }

  private OverrideChecks.Source source(Instant now) {
    OverrideFile.Defaults defaults =
        new OverrideFile.Defaults(author, now, text -> ExpiryText.parse(text, now));
    if (file.isPresent() && outcome.isPresent()) {
      throw CommandFailure.usage("expected --file or --outcome, found both");
    }
    if (file.isPresent() && one.areGiven()) {
      throw CommandFailure.usage("expected --file or the options of one override, found both");
    }
    return file.<OverrideChecks.Source>map(
            path -> new OverrideChecks.Source.File(read(path, defaults)))
        .orElseGet(() -> new OverrideChecks.Source.CommandLine(single(defaults)));
  }

  private RuleOverride single(OverrideFile.Defaults defaults) {
    return outcome
        .map(
            named ->
                address()
                    .map(api -> one.override(defaults, ProvenPair.of(api, named)))
                    .orElseThrow(
                        () -> CommandFailure.usage("expected --api beside --outcome, found none")))
        .orElseGet(() -> one.override(defaults));
  }

  private static OverrideFile read(Path path, OverrideFile.Defaults defaults) {
    try {
      return OverrideFile.read(path.toString(), YamlText.of(path), defaults);
    } catch (BadYamlException e) {
      throw CommandFailure.usage(e.allProblems());
    }
  }

  private static RulePacks packs(Values values) {
    try {
      return PackDirectory.read(values.find(RULES), new TreeMap<>());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private void tellEffects(List<RuleOverride> overrides) {
    if (overrides.isEmpty()) {
      say("nothing to add: the topic has all of them");
    }
    for (RuleOverride each : overrides) {
      say(each.id() + ": " + address().map(of -> Effect.of(of, each)).orElse(Effect.NOT_KNOWN));
    }
  }

  private Optional<Api> address() {
    try {
      Duration timeout = Times.parse("30s");
      return api.filter(url -> !url.isEmpty()).map(url -> Api.at(url, timeout));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private void say(String line) {
    PrintWriter out = spec().commandLine().getOut();
    out.println(Printable.line(line));
    out.flush();
  }
}
