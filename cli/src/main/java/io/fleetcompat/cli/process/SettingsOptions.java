package io.fleetcompat.cli.process;

import io.fleetcompat.settings.Origin;
import io.fleetcompat.settings.PropertiesFile;
import io.fleetcompat.settings.RawSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that give a command settings of any name. */
final class SettingsOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read settings from a properties file, one NAME=VALUE on each line.")
  private Optional<Path> file;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Set one setting; wins over the file and the environment. May be repeated.")
  private List<String> settings = List.of();

  private SettingsOptions() {}

  /** The settings of the file. */
  RawSettings ofFile() {
    return file.map(PropertiesFile::read).orElse(RawSettings.none());
  }

  /** The settings of {@code --set}. */
  RawSettings set() {
    return RawSettings.of(NamedTexts.parse("--set", settings), Origin.option("--set"));
  }
}
