package io.fleetcompat.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.client.StandInApi;
import io.fleetcompat.cli.client.StandInApi.Reply;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A host as a running API tells it; the stand-in answers the same about host and profile. */
class IndexedHostTest {

  @Test
  void itIsShownInGroupsWithFreshnessAndProblems() throws IOException {
    Run run = ask("--host", "h1");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("Inspected h1, as the index has it")
        .contains("freshness  STALE, last seen 5 min ago", "kernel     6.8\\u001b[31m")
        .contains("1. {0000:3b:00.4-0000:3b:00.6}/t", "capacity   1 or 3", "2. virtio0")
        .contains("facets     type-attributes", "too-large at the host", "refused 3")
        .contains("virtio0 is declared live_migratable=no, and its driver shows the contrary: so")
        .doesNotContain("\u001b");
  }

  @Test
  void oneEndpointAndJson() throws IOException {
    Run run = ask("--host", "h1", "--endpoint", "virtio0", "-o", "json");
    assertThat(new ObjectMapper().readTree(run.out()).path("endpoints")).hasSize(1);
    assertThat(new ObjectMapper().readTree(run.out()).path("profiles").path("p2")).isNotEmpty();
    assertThat(ask("--host", "h1", "--endpoint", "virtio7").status()).isEqualTo(5);
  }

  @Test
  void theTextSaysHowFarTheIndexKnowsTheHost() throws IOException {
    assertThat(ask("--host", "h1").out())
        .contains(
            "h1: 7 endpoints, facts or directories are beyond a bound and not in the index",
            "0000:3b:00.4 may offer more types: its list was cut");
  }

  @Test
  void aProfileThatIsGoneIsNotKnownAndIsNotOneWithoutFacets() throws IOException {
    Run run = withProfiles(new Reply(404, "{\"code\":\"no-such-profile\"}"));
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("facets     not known").doesNotContain("facets     none");
  }

  @Test
  void anApiThatFailsAtAProfileIsAFailure() throws IOException {
    Run run = withProfiles(new Reply(503, "{\"code\":\"not-ready\",\"detail\":\"starting\"}"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("starting");
  }

  private static Run withProfiles(Reply ofProfile) throws IOException {
    try (StandInApi api =
        StandInApi.answering(
            asked -> asked.startsWith("/v1/profiles/") ? ofProfile : new Reply(200, answer()))) {
      return Run.of("inspect", "--api", api.base(), "--host", "h1");
    }
  }

  /** Last seen five minutes ago. */
  private static String answer() {
    return """
    {"host":"h1","liveness":"STALE","lastSeen":"%s","kernel":"6.8\\u001b[31m",
     "endpoints":[
       {"endpoint":"0000:3b:00.4/t","kind":"MDEV_TYPE","profile":"p1","capacity":1},
       {"endpoint":"0000:3b:00.5/t","kind":"MDEV_TYPE","profile":"p1","capacity":3},
       {"endpoint":"0000:3b:00.6/t","kind":"MDEV_TYPE","profile":"p1","capacity":null},
       {"endpoint":"virtio0","kind":"VIRTIO_DEVICE","profile":"p2","capacity":null}],
     "facets":["type-attributes"],
     "refused":7, "incomplete":{"0000:3b:00.4":"its list was cut"},
     "declared":[{"endpoint":"virtio0","declared":"no","observed":"yes","finding":"contradicted","detail":"so"}],
     "problems":[{"path":"","code":"too-large","detail":"refused 3"}]}
    """
        .formatted(Instant.now().minusSeconds(300));
  }

  private static Run ask(String... options) throws IOException {
    try (StandInApi api = StandInApi.answering(200, answer())) {
      String[] words = new String[options.length + 3];
      words[0] = "inspect";
      words[1] = "--api";
      words[2] = api.base();
      System.arraycopy(options, 0, words, 3, options.length);
      return Run.of(words);
    }
  }
}
