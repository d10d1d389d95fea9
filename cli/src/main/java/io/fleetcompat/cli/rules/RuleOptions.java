package io.fleetcompat.cli.rules;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.process.KafkaNames;
import io.fleetcompat.cli.process.NamedTexts;
import io.fleetcompat.cli.process.ProcessFiles;
import io.fleetcompat.cli.process.SettingsOptions;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.indexer.IndexerSettings;
import io.fleetcompat.indexer.PackDirectory;
import io.fleetcompat.settings.BadSettingException;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Origin;
import io.fleetcompat.settings.RawSettings;
import io.fleetcompat.settings.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options that say which rule packs are in force, as the indexer's settings do. */
public final class RuleOptions {

  private static final String RULES = "--rules";
  private static final String RULE_OPTION = "--rule-option";

  private static final Catalogue CATALOGUE =
      new Catalogue(
          "the rule packs",
          List.of(IndexerSettings.RULES_DIRECTORY),
          List.of(IndexerSettings.RULE_OPTIONS));

  @Option(
      names = RULES,
      paramLabel = "DIR",
      description =
          "Lay the rule packs of this directory (*.yaml) over the built-in ones, by id (setting"
              + " rules.directory; docs/rule-packs.md).")
  private Optional<Path> directory;

  @Option(
      names = RULE_OPTION,
      paramLabel = "PACK.OPTION=VALUE",
      description =
          "Choose an option of a rule pack; may be repeated (settings rules.option.PACK.OPTION).")
  private List<String> options = List.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Take what these options leave out from a properties file, such as the indexer's; and"
              + " from the environment. May be repeated, such as for a file of secrets.")
  private List<Path> files = List.of();

  private RuleOptions() {}

  /** The directory of the operator's own packs. */
  public Optional<Path> directory() {
    return values(CATALOGUE, given()).find(IndexerSettings.RULES_DIRECTORY);
  }

  /** The options that are chosen, by {@code PACK.OPTION}. */
  public SortedMap<String, String> chosen() {
    return values(CATALOGUE, given()).group(IndexerSettings.RULE_OPTIONS);
  }

  /** The packs in force; a pack or an option that is refused is wrong usage. */
  public RulePacks packs() {
    try {
      return PackDirectory.read(directory(), chosen());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private RawSettings given() {
    SortedMap<String, String> settings = new TreeMap<>();
    NamedTexts.parse(RULE_OPTION, options)
        .forEach(
            (name, value) -> settings.put(IndexerSettings.RULE_OPTIONS.prefix() + name, value));
    RawSettings chosen = RawSettings.of(settings, Origin.option(RULE_OPTION));
    return directory
        .map(
            path ->
                RawSettings.of(
                        Map.of(IndexerSettings.RULES_DIRECTORY.name(), path.toString()),
                        Origin.option(RULES))
                    .over(chosen))
        .orElse(chosen);
  }

  /**
   * Settings of a command: what its options give, over the environment, over what the file has of
   * them.
   */
  public Values values(Catalogue catalogue, RawSettings given) {
    try {
      RawSettings ofFile = SettingsOptions.ofFiles(files);
      return catalogue.read(
          given
              .over(catalogue.environment(System.getenv()).only(KafkaNames::areOrNotKafkas))
              .over(ProcessFiles.meantFor(catalogue, ofFile)),
          KafkaNames.INSTANCE);
    } catch (BadSettingException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
