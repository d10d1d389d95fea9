package io.fleetcompat.cli.process;

import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.Fallback;
import io.fleetcompat.settings.Group;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Kind;
import io.fleetcompat.settings.Origin;
import io.fleetcompat.settings.RawSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The options and the part of the help that the catalogue of a process makes: an option for every
 * setting that has one, a line of help for every other.
 */
final class CatalogueOptions implements IModelTransformer {

  private static final String SECTION = "settings";
  private static final int NAME_WIDTH = 28;
  private static final int INDENT = 2;

  private CatalogueOptions() {}

  @Override
  public CommandSpec transform(CommandSpec spec) {
    Catalogue catalogue = ((SettingsCommand) spec.userObject()).catalogue();
    for (Key<?> key : catalogue.keys()) {
      key.option().ifPresent(name -> spec.addOption(option(name, key)));
    }
    for (Group group : catalogue.groups()) {
      group.option().ifPresent(name -> spec.addOption(option(name, group)));
    }
    UsageMessageSpec usage = spec.usageMessage();
    List<String> sections = new ArrayList<>(usage.sectionKeys());
    sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST) + 1, SECTION);
    usage.sectionKeys(sections);
    usage.sectionMap().put(SECTION, help -> section(help, catalogue));
    return spec;
  }

  private static OptionSpec option(String name, Key<?> key) {
    OptionSpec.Builder option =
        OptionSpec.builder(name)
            .paramLabel(key.kind().label())
            .description(
                plain(
                    "%s%s (setting %s, %s)"
                        .formatted(
                            key.description(),
                            key.kind().many() ? " May be repeated." : "",
                            key.name(),
                            otherwise(key))));
    if (key.kind().equals(Kind.FLAG)) {
      option.arity("0..1").fallbackValue("true"); // --probe is --probe=true
    }
    return (key.kind().many()
            ? option.type(List.class).auxiliaryTypes(String.class)
            : option.type(String.class))
        .build();
  }

  private static OptionSpec option(String name, Group group) {
    return OptionSpec.builder(name)
        .paramLabel("NAME=VALUE")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .description(
            plain(
                "%s May be repeated (settings %s*)."
                    .formatted(group.description().replace(group.prefix(), ""), group.prefix())))
        .build();
  }

  private static String otherwise(Key<?> key) {
    return (key.fallback() instanceof Fallback.Required<?> ? "" : "default: ")
        + key.defaultInWords();
  }

  /** The text without what Markdown needs, and what picocli would replace. */
  private static String plain(String text) {
    return text.replace("`", "").replace("%", "%%");
  }

  private static String section(Help help, Catalogue catalogue) {
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(NAME_WIDTH, INDENT, Column.Overflow.SPAN),
            new Column(
                help.commandSpec().usageMessage().width() - NAME_WIDTH,
                INDENT,
                Column.Overflow.WRAP));
    for (Key<?> key : catalogue.keys()) {
      if (key.option().isEmpty()) {
        table.addRowValues(
            key.name(), "%s (%s)".formatted(key.description(), otherwise(key)).replace("`", ""));
      }
    }
    String sources =
        "%nSettings are read from the file, the environment (%sNAME), --set and%n"
            + "the options; the later one wins.%n";
    String others = "Settings without an option:%n";
    return (table.toString().isEmpty() ? sources : sources + others).formatted(Catalogue.VARIABLE)
        + table;
  }

  /** The settings that options of the command line give. */
  static RawSettings given(CommandSpec spec, Catalogue catalogue) {
    RawSettings given = RawSettings.none();
    for (Key<?> key : catalogue.keys()) {
      if (key.option().isPresent()) {
        String name = key.option().get();
        RawSettings one =
            value(spec, name).map(value -> of(key.name(), value, name)).orElse(RawSettings.none());
        given = one.over(given);
      }
    }
    for (Group group : catalogue.groups()) {
      if (group.option().isPresent()) {
        String name = group.option().get();
        RawSettings some =
            value(spec, name).map(value -> of(group, value, name)).orElse(RawSettings.none());
        given = some.over(given);
      }
    }
    return given;
  }

  private static RawSettings of(String setting, Object value, String option) {
    return switch (value) {
      case String text -> RawSettings.of(Map.of(setting, text), Origin.option(option));
      case List<?> texts ->
          RawSettings.of(
              Map.of(setting, String.join(",", texts.stream().map(String::valueOf).toList())),
              Origin.option(option));
      default -> throw new IllegalStateException(option + " gives a " + value.getClass());
    };
  }

  private static RawSettings of(Group group, Object value, String option) {
    if (!(value instanceof List<?> texts)) {
      throw new IllegalStateException(option + " gives a " + value.getClass());
    }
    return NamedTexts.settings(group, option, texts.stream().map(String::valueOf).toList());
  }

  /** The value that the command line gives; empty where it does not have the option. */
  private static Optional<Object> value(CommandSpec spec, String option) {
    return Optional.ofNullable(spec.findOption(option)).map(ArgSpec::getValue);
  }
}
