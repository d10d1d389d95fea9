package io.fleetcompat.cli.output;

import picocli.CommandLine.Option;

/** The option that chooses the form in which an answer is printed. */
public final class FormatOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml",
      defaultValue = "text",
      description = "The format: text for people; json or yaml for programs.")
  private Spelling format;

  private FormatOption() {}

  /** The forms that some command has. */
  private enum Spelling {
    text,
    json,
    yaml,
    csv
  }

  /** The form; comma-separated values are refused. */
  public Format format() {
    return switch (format) {
      case text -> Format.text;
      case json -> Format.json;
      case yaml -> Format.yaml;
      case csv ->
          throw CommandFailure.usage(
              "expected -o text, json or yaml, found csv: what this command prints is no table");
    };
  }

  /** True where comma-separated values are asked for; for commands that have them. */
  public boolean isCsv() {
    return format == Spelling.csv;
  }
}
