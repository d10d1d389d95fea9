package io.fleetcompat.cli.process;

import io.fleetcompat.settings.Origin;
import io.fleetcompat.settings.PropertiesFile;
import io.fleetcompat.settings.RawSettings;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that give a command settings of any name. */
public final class SettingsOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Read settings from a properties file, one NAME=VALUE on each line. May be repeated, such"
              + " as for a file of secrets; of a setting that two have, the later one counts.")
  private List<Path> files = List.of();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Set one setting; wins over the file and the environment. May be repeated.")
  private List<String> settings = List.of();

  private SettingsOptions() {}

  /** The settings of the files. */
  RawSettings ofFiles() {
    return ofFiles(files);
  }

  /** The settings of files, each laid over those before it. */
  public static RawSettings ofFiles(List<Path> files) {
    RawSettings all = RawSettings.none();
    for (Path file : files) {
      all = PropertiesFile.read(file).over(all);
    }
    return all;
  }

  /** The settings of {@code --set}. */
  RawSettings set() {
    return RawSettings.of(NamedTexts.parse("--set", settings), Origin.option("--set"));
  }
}
