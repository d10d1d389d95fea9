package io.fleetcompat.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fleetcompat.testing.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run of Jazzer with one target, in a process of its own: for a bounded time, in {@code
 * target/fuzz/NAME}, where the inputs that reach more are kept from run to run.
 */
record GuidedRun(Class<? extends FuzzedParsers> parsers, FuzzTarget target, int seconds) {

  /** The fuzzer's main class: a name, so that nothing but the profile needs its jar. */
  private static final String FUZZER = "com.code_intelligence.jazzer.Jazzer";

  /** Longest input that it makes. */
  private static final int MOST_BYTES = 8 << 10;

  /** The time after which one input is a finding. Only a hang takes so long. */
  private static final int HANG_SECONDS = 120;

  /** The time that a process has beside its inputs: to start, however busy its machine is. */
  private static final int SPARE_SECONDS = 900;

  private static final Logger LOG = LoggerFactory.getLogger(GuidedRun.class);

  private static final Pattern RUNS = Pattern.compile("Done ([0-9]+) runs");

  /** The code whose branches guide it: ours, and what reads for us. */
  private static final String GUIDING =
      String.join(
          ":",
          "io.fleetcompat.**",
          "com.fasterxml.jackson.core.json.**",
          "org.yaml.snakeyaml.**",
          "org.roaringbitmap.**",
          "org.apache.avro.io.**",
          "org.apache.commons.compress.archivers.tar.**",
          "io.helidon.http.**",
          "io.helidon.webserver.http1.**");

  /** The second parsers and the tools: they are to judge, not to guide, and are slow enough. */
  private static final String NOT_GUIDING = "io.fleetcompat.oracle.**:io.fleetcompat.testing.**";

  /** Requests are sent to our own server, which the fuzzer takes for a forged address. */
  private static final String NOT_WATCHED =
      "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery";

  /** Fails with what was found. */
  void run(List<byte[]> samples) throws IOException, InterruptedException {
    Path directory = Files.createDirectories(Path.of("target/fuzz", target.name()));
    Path kept = Files.createDirectories(directory.resolve("kept"));
    Path seeds = Files.createDirectories(directory.resolve("seeds"));
    Path found = Files.createDirectories(directory.resolve("found"));
    for (int i = 0; i < samples.size(); i++) {
      Files.write(seeds.resolve("seed-" + i), samples.get(i));
    }
    Path words = directory.resolve("words");
    Files.writeString(words, dictionary());
    List<String> options =
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-D" + GuidedTarget.CLASS + "=" + parsers.getName(),
            "-D" + GuidedTarget.TARGET + "=" + target.name());
    List<String> arguments =
        List.of(
            "--target_class=" + GuidedTarget.class.getName(),
            "--instrumentation_includes=" + GUIDING,
            "--instrumentation_excludes=" + NOT_GUIDING,
            "--disabled_hooks=" + NOT_WATCHED,
            "--reproducer_path=" + found,
            "-artifact_prefix=" + found + "/",
            "-dict=" + words,
            "-max_len=" + MOST_BYTES,
            "-timeout=" + HANG_SECONDS,
            "-max_total_time=" + seconds,
            kept.toString(),
            seeds.toString());
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(Child.java(options, FUZZER, arguments))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(seconds + SPARE_SECONDS, TimeUnit.SECONDS))
          .as("an end of what %s is the log of", log)
          .isTrue();
      check(process.exitValue() == 0, log, found);
    } finally {
      process.destroyForcibly();
    }
  }

  private void check(boolean held, Path log, Path found) throws IOException {
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    if (!held) {
      fail(
          "%s: see %s, and what is to be put into the corpus:%n%s",
          target.name(), log, inputs(found));
    }
    Matcher runs = RUNS.matcher(said);
    assertThat(runs.find()).as("an end in %s", log).isTrue();
    LOG.info("Fuzzed {}: {} inputs in {} s", target.name(), runs.group(1), seconds);
  }

  /** The inputs that were found, as a corpus spells them. */
  private static String inputs(Path found) throws IOException {
    try (Stream<Path> files = Files.list(found)) {
      List<String> inputs = new ArrayList<>();
      for (Path file : files.filter(each -> !each.toString().endsWith(".java")).sorted().toList()) {
        inputs.add(InputText.encode(Files.readAllBytes(file)));
      }
      return String.join("\n", inputs);
    }
  }

  /** The words of the grammar as a dictionary of libFuzzer. */
  private String dictionary() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String word : Grammar.of(target.name()).words()) {
      text.append('"');
      for (byte b : word.getBytes(StandardCharsets.ISO_8859_1)) {
        text.append("\\x").append(HexFormat.of().toHexDigits(b));
      }
      text.append("\"\n");
    }
    return text.toString();
  }
}
