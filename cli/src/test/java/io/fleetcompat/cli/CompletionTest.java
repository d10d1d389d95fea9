package io.fleetcompat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.client.StandInApi;
import io.fleetcompat.cli.client.StandInApi.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion of names, and the script that asks for them. */
class CompletionTest {

  private static final String HOSTS =
      """
      {"hosts":[{"host":"hv7.example"},{"host":"hv8 odd"}],"total":2,"next":null}\
      """;

  private static final String HOST =
      """
      {"host":"hv7.example","endpoints":[{"endpoint":"0000:d8:00.6/nvidia-594"},
       {"endpoint":"0000:09:00.4/NVIDIA%20A2-4Q"}],"functions":["0000:d8:00.0"]}\
      """;

  @TempDir Path directory;

  private static Reply reply(String request) {
    return new Reply(200, request.startsWith("/v1/hosts?") ? HOSTS : HOST);
  }

  @Test
  void hostsAreAskedForByWhatTheyBeginWith() throws Exception {
    try (StandInApi api = StandInApi.answering(CompletionTest::reply)) {
      Run hosts = Run.of("completion", "names", "--api", api.base(), "hv");
      assertThat(hosts.out().lines()).containsExactly("hv7.example", "hv8%20odd");
      assertThat(hosts.status()).isZero();
      assertThat(api.requests().take()).contains("prefix=hv", "limit=200");
      assertThat(
              Run.of("completion", "names", "--endpoints", "--api", api.base(), "hv").out().lines())
          .containsExactly("hv7.example/", "hv8%20odd/");
    }
  }

  @Test
  void endpointsAreThoseOfTheHostThatWasTyped() throws Exception {
    try (StandInApi api = StandInApi.answering(CompletionTest::reply)) {
      String[] command = {"completion", "names", "--endpoints", "--api", api.base(), "hv7/0000:d8"};
      assertThat(Run.of(command).out().lines())
          .containsExactly("hv7/0000:d8:00.0", "hv7/0000:d8:00.6/nvidia-594");
      assertThat(api.requests().take()).isEqualTo("/v1/hosts/hv7");
    }
  }

  @Test
  void withoutAnApiNothingIsSaidAndNobodyWaits() throws Exception {
    long begin = System.nanoTime();
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String api :
          new String[] {
            "http://127.0.0.1:1", "nonsense", "http://127.0.0.1:" + silent.getLocalPort()
          }) {
        Run run = Run.of("completion", "names", "--api", api, "hv");
        assertThat(run.status()).as(api).isZero();
        assertThat(run.out() + run.err()).as(api).isEmpty();
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void anAnswerThatIsNoneOfOursIsNothing() throws Exception {
    try (StandInApi api = StandInApi.answering(404, "{\"code\":\"host-not-found\"}")) {
      Run run = Run.of("completion", "names", "--endpoints", "--api", api.base(), "hv9/x");
      assertThat(run.out() + run.err()).isEmpty();
      assertThat(run.status()).isZero();
    }
  }

  @Test
  void theShellIsSaid() {
    assertThat(Run.of("completion").status()).isEqualTo(2);
    assertThat(Run.of("completion", "--help").out()).doesNotContain("names  ");
  }

  /**
   * The script in a real shell, with a command of that name that prints what it was called with.
   */
  @ParameterizedTest
  @CsvSource({
    "check hv, completion names --endpoints -- hv",
    "check hv7/0000:d8, d8",
    "hosts hv, completion names -- hv",
    "drain --api http://x:1 hv, completion names --api http://x:1 -- hv",
    "stat, status"
  })
  void theScriptAsksForTheNamesThatACommandTakes(String line, String offered) throws Exception {
    Path script = directory.resolve("script");
    Files.writeString(script, Run.of("completion", "bash").out());
    Path command = directory.resolve("fleetcompat");
    Files.writeString(
        command,
        line.contains("d8") ? "#!/bin/bash\necho \"${!#}\"\n" : "#!/bin/bash\necho \"$*\"\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    assertThat(complete(script, "fleetcompat " + line)).isEqualTo(offered);
  }

  private String complete(Path script, String line) throws IOException, InterruptedException {
    String program =
        """
        source "$1"
        COMP_WORDBREAKS=':='
        COMP_LINE="$2"; COMP_POINT=${#COMP_LINE}; read -ra COMP_WORDS <<< "$COMP_LINE"
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _complete_fleetcompat_names fleetcompat "${COMP_WORDS[COMP_CWORD]}" ""
        printf '%s' "${COMPREPLY[*]}"
        """;
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", program, "bash", script.toString(), line);
    // compopt complains where nobody is completing
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().merge("PATH", directory.toString(), (old, dir) -> dir + ":" + old);
    Process shell = builder.start();
    String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(out).isZero();
    return out;
  }
}
