package io.fleetcompat.cli.process;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.settings.BadSettingException;
import io.fleetcompat.settings.Catalogue;
import io.fleetcompat.settings.RawSettings;
import io.fleetcompat.settings.Values;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that is told what to do by settings. */
abstract class SettingsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private SettingsOptions options;

  /** All settings that the command knows. */
  abstract Catalogue catalogue();

  /** The settings of the files that are meant for this command. */
  RawSettings meant(RawSettings file) {
    return file;
  }

  final CommandSpec spec() {
    return spec;
  }

  /** True where the command line has the option. */
  final boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /**
   * All sources: files, over them the environment, {@code --set}, options. In the environment,
   * variables that begin as Kafka's settings do may be those of another program.
   */
  final RawSettings settings(Map<String, String> environment) {
    return checked(
        () ->
            CatalogueOptions.given(spec, catalogue())
                .over(options.set())
                .over(catalogue().environment(environment).only(KafkaNames::areOrNotKafkas))
                .over(meant(options.ofFiles())));
  }

  final Values read(RawSettings settings) {
    return checked(() -> catalogue().read(settings, KafkaNames.INSTANCE));
  }

  /** The result of reading settings; one that is refused is wrong usage. */
  static <T> T checked(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (BadSettingException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }
}
