package io.fleetcompat.cli.output;

import picocli.CommandLine.Option;

/** The option that chooses the form in which an answer is printed. */
public final class FormatOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml",
      defaultValue = "text",
      description = "The format: text for people; json or yaml for programs.")
  private Format format;

  private FormatOption() {}

  public Format format() {
    return format;
  }
}
