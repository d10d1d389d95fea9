package io.fleetcompat.collector.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A host for producers of facts in a directory: a root with files of the kernel, a PATH with
 * nothing but the tools that a test gives it, and a directory of facts.
 */
final class ProducerHost {

  /** The scripts, seen from the module. */
  static final Path SCRIPTS = Path.of("facts").toAbsolutePath();

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Path directory;
  private final Map<String, SortedMap<String, Path>> tools = new HashMap<>();

  ProducerHost(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(root());
    Files.createDirectories(bin());
    Files.createDirectories(facts());
    script("cat", "exec /bin/cat \"$@\"\n");
  }

  Path root() {
    return directory.resolve("root");
  }

  Path bin() {
    return directory.resolve("bin");
  }

  Path facts() {
    return directory.resolve("facts.d");
  }

  /**
   * A tool that prints a text when it is called with these arguments, and fails with all others.
   */
  void tool(String nameAndArguments, String output) throws IOException {
    int blank = nameAndArguments.indexOf(' ');
    String name = nameAndArguments.substring(0, blank);
    Path recorded = Files.createTempFile(directory, name, ".out");
    Files.writeString(recorded, output);
    SortedMap<String, Path> outputs = tools.computeIfAbsent(name, ignored -> new TreeMap<>());
    outputs.put(nameAndArguments.substring(blank + 1), recorded);
    String cases =
        outputs.entrySet().stream()
            .map(e -> "'%s') exec /bin/cat '%s';;\n".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining());
    script(name, "case \"$*\" in\n" + cases + "*) echo \"unexpected: $*\" >&2; exit 64;;\nesac\n");
  }

  /** A tool that is a shell script. */
  void script(String name, String body) throws IOException {
    Path tool = bin().resolve(name);
    Files.writeString(tool, "#!/bin/sh\n" + body);
    assertThat(tool.toFile().setExecutable(true)).isTrue();
  }

  /** The end of a producer. */
  record Ended(int status, String output, String errors) {}

  /** Runs a script to its end. */
  Ended run(List<String> script) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "run", ".out");
    Path errors = Files.createTempFile(directory, "run", ".err");
    Process process =
        builder(script).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    try {
      assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
    } finally {
      process.destroyForcibly();
    }
  }

  /** A script that is not started yet, with the directories of this host. */
  ProcessBuilder builder(List<String> script) {
    List<String> command = new ArrayList<>(List.of(python(), "-BEs"));
    command.add(SCRIPTS.resolve(script.getFirst()).toString());
    command.addAll(List.of("--root", root().toString(), "--directory", facts().toString()));
    command.addAll(script.subList(1, script.size()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", bin().toString());
    return builder;
  }

  /** The lines of all files that readers take, as facts. */
  SortedMap<String, String> written() throws IOException {
    SortedMap<String, String> facts = new TreeMap<>();
    for (Path file : factFiles()) {
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        if (!line.startsWith("#")) {
          int equals = line.indexOf('=');
          assertThat(facts.put(line.substring(0, equals), line.substring(equals + 1)))
              .as(line)
              .isNull();
        }
      }
    }
    return facts;
  }

  List<Path> factFiles() throws IOException {
    try (Stream<Path> files = Files.list(facts())) {
      return files.filter(file -> file.toString().endsWith(".facts")).sorted().toList();
    }
  }

  private static String python() {
    Optional<Path> found =
        Stream.concat(Stream.of("/usr/bin"), Stream.of(System.getenv("PATH").split(":", -1)))
            .map(folder -> Path.of(folder, "python3"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "there is no python3 on this machine");
    return found.orElseThrow().toString();
  }
}
