package io.fleetcompat.cli.up;

import io.fleetcompat.cli.client.Api;
import io.fleetcompat.cli.client.Check;
import io.fleetcompat.cli.client.DestinationsCommand;
import io.fleetcompat.cli.client.HostsCommand;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.output.ShellWord;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** The last lines of a start: addresses, and example questions with their answers. */
record Greeting(UpOptions options, String bootstrapServers, Api api) {

  private static final String DEFAULT_API = Api.DEFAULT_BASE;

  void print(Progress progress) {
    progress.print("");
    progress.print("API:   " + options.apiAddress() + "/v1/status  (also /openapi.json, /metrics)");
    progress.print("Kafka: " + bootstrapServers);
    progress.print("");
    try {
      for (List<String> question : Examples.find(api).commands()) {
        ask(question, progress);
      }
    } catch (CommandFailure e) {
      progress.print("(no example: " + e.getMessage() + ")");
    }
    progress.print("Ctrl-C stops everything; the same command continues later.");
  }

  /** The command as it can be pasted, and what it prints. */
  private void ask(List<String> question, Progress progress) {
    List<String> words = new ArrayList<>(question);
    if (!options.apiAddress().equals(DEFAULT_API)) {
      words.addAll(List.of("--api", options.apiAddress()));
    }
    String command = System.getenv().getOrDefault("FLEETCOMPAT_COMMAND", "fleetcompat");
    StringBuilder pasted = new StringBuilder("$ " + ShellWord.of(command));
    words.forEach(word -> pasted.append(' ').append(ShellWord.of(word)));
    progress.print(pasted.toString());
    CommandLine line =
        switch (question.getFirst()) {
          case "check" -> new CommandLine(Check.class);
          case "destinations" -> new CommandLine(DestinationsCommand.class);
          default -> new CommandLine(HostsCommand.class);
        };
    line.setOut(progress.out())
        .setErr(progress.out())
        .execute(words.subList(1, words.size()).toArray(String[]::new));
    progress.print("");
  }
}
