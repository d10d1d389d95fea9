package io.fleetcompat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetcompat.cli.client.StandInApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./fleetcompat}, run by bash as people run it. */
class LauncherIT {

  private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  void anInstallationRunsFromAnywhereThroughLinks() throws Exception {
    Path installed = install();
    Path link = directory.resolve("bin/fleetcompat");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../installed/fleetcompat"));
    Said said =
        bash(Map.of("FLEETCOMPAT_JAVA_HOME", System.getProperty("java.home")), link, "--version");
    assertThat(said.status()).as(said.err()).isZero();
    assertThat(said.out()).startsWith("fleetcompat ");
    assertThat(installed.resolve("cli")).doesNotExist();
  }

  @Test
  void exitStatusAndStreamsAreTheCommands() throws Exception {
    Path script = install().resolve("fleetcompat");
    Map<String, String> java = Map.of("FLEETCOMPAT_JAVA_HOME", System.getProperty("java.home"));
    assertThat(bash(java, script, "check").status()).isEqualTo(2);
    Said refused = bash(java, script, "status", "--api", "http://127.0.0.1:9");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("fleetcompat up");
  }

  @Test
  void withoutAJdk25ItSaysWhatToInstall() throws Exception {
    Path script = install().resolve("fleetcompat");
    Said said =
        bash(
            Map.of(
                "FLEETCOMPAT_JDK_DIRECTORIES",
                directory.toString(),
                "PATH",
                "/usr/bin:/bin",
                "JAVA_HOME",
                "",
                "HOME",
                directory.toString()),
            script,
            "--version");
    assertThat(said.status()).as(said.out()).isEqualTo(1);
    assertThat(said.err()).contains("JDK 25", "temurin-25-jdk");
  }

  @Test
  void aTerminalIsGivenOnePageOfAListAndAPipeAll() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script (util-linux)");
    Path script = install().resolve("fleetcompat");
    Map<String, String> java = Map.of("FLEETCOMPAT_JAVA_HOME", System.getProperty("java.home"));
    String page = "{\"hosts\":[{\"host\":\"%s\"}],\"next\":%s}";
    try (StandInApi api =
        StandInApi.answering(
            request ->
                new StandInApi.Reply(
                    200,
                    request.contains("cursor=C1")
                        ? page.formatted("h1", "null")
                        : page.formatted("h0", "\"C1\"")))) {
      Said piped = bash(java, script, "hosts", "--api", api.base());
      assertThat(piped.out()).as(piped.err()).contains("h0", "h1");
      Path typed =
          Files.writeString(
              directory.resolve("typed"),
              "script -qefc \"bash '%s' hosts --api %s 2>told\" /dev/null </dev/null"
                  .formatted(script, api.base()));
      Said shown = bash(java, typed);
      assertThat(shown.status()).as(shown.err()).isZero();
      assertThat(shown.out()).contains("h0").doesNotContain("h1");
      assertThat(directory.resolve("told")).content().contains("there are more: --all");
    }
  }

  @Test
  void whatCannotBeWrittenIsAFailure() throws Exception {
    Path script = install().resolve("fleetcompat");
    Map<String, String> java = Map.of("FLEETCOMPAT_JAVA_HOME", System.getProperty("java.home"));
    Path full =
        Files.writeString(
            directory.resolve("full"), "bash '%s' completion bash >/dev/full".formatted(script));
    Said onFullDisk = bash(java, full);
    assertThat(onFullDisk.status()).isEqualTo(1);
    assertThat(onFullDisk.err())
        .contains("standard output could not be written (No space left on device)");
    Path closed =
        Files.writeString(
            directory.resolve("closed"),
            "bash '%s' completion bash | head -c 1 >/dev/null; exit ${PIPESTATUS[0]}"
                .formatted(script));
    Said toNobody = bash(java, closed);
    assertThat(toNobody.status()).isEqualTo(1);
    assertThat(toNobody.err()).contains("standard output could not be written (Broken pipe)");
  }

  @Test
  void aCommandWithoutMemoryIsKilledAndGivesNoVerdict() throws Exception {
    Path script = install().resolve("fleetcompat");
    Map<String, String> little =
        Map.of(
            "FLEETCOMPAT_JAVA_HOME",
            System.getProperty("java.home"),
            "FLEETCOMPAT_JAVA_OPTS",
            "-Xmx16m");
    String host = "{\"host\":\"%s\"}".formatted("h".repeat(64));
    String page = "{\"hosts\":[%s%s],\"next\":null}".formatted((host + ",").repeat(100_000), host);
    try (StandInApi api = StandInApi.answering(200, page)) {
      Said said = bash(little, script, "hosts", "--api", api.base());
      assertThat(said.status()).as(said.err()).isEqualTo(137);
      assertThat(said.out() + said.err()).contains("java.lang.OutOfMemoryError");
    }
  }

  @Test
  void argumentsThatAreNotAsciiNeedNoLocale() throws Exception {
    Path script = install().resolve("fleetcompat");
    Map<String, String> environment =
        Map.of(
            "FLEETCOMPAT_JAVA_HOME", System.getProperty("java.home"),
            "LC_ALL", "",
            "LC_CTYPE", "",
            "LANG", "");
    // In a file: this Java, too, may know no argument that is not ASCII.
    Path typed =
        Files.writeString(
            directory.resolve("typed"),
            "exec bash '%s' compare --source b\u00e4ume --destination .".formatted(script));
    Said said = bash(environment, typed);
    assertThat(said.status()).as(said.err()).isEqualTo(1);
    assertThat(said.err()).contains("b\u00e4ume");
  }

  private Path install() throws IOException {
    Path installed = Files.createDirectories(directory.resolve("installed"));
    Files.copy(TOP.resolve("fleetcompat"), installed.resolve("fleetcompat"));
    Files.createDirectories(installed.resolve("bin"));
    Files.copy(TOP.resolve("bin/find-jdk25"), installed.resolve("bin/find-jdk25"));
    Path application = TOP.resolve("cli/target/fleetcompat/lib");
    Files.createDirectories(installed.resolve("lib"));
    try (Stream<Path> jars = Files.list(application)) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.createLink(installed.resolve("lib").resolve(jar.getFileName()), jar);
      }
    }
    return installed;
  }

  private record Said(int status, String out, String err) {}

  private Said bash(Map<String, String> environment, Path script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLEETCOMPAT_"));
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Said(
        status,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
