package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.client.StandInApi.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands about what has changed. */
class AuditTest {

  private static final String UPGRADE =
      """
      {"at":"2026-11-26T10:04:00.000Z","kind":"host","name":"h1","causes":["driver-upgrade"],
       "values":[{"name":"driver/nvidia","from":"550.54","to":"570.10"}],
       "moves":[{"from":"aa","to":"bb","devices":3,"types":12,"endpoints":[],"endpointsOmitted":15,
         "values":[{"name":"mdev version","from":"1","to":"2"}]}],
       "pools":["gold","b,\\"c\\""],"document":{"epoch":1,"sequence":2},"trigger":"scan"}\
      """;

  private static final String WENT =
      """
      {"at":"2026-11-25T23:59:00.000Z","kind":"host","name":"h1","causes":["device-went"],
       "values":[{"name":"kernel","from":null,"to":"6.12"},{"name":"fact/x","from":"1","to":null}],
       "moves":[{"from":"aa","to":null,"devices":1,"types":0,"endpoints":["0000:3b:00.0"],
         "endpointsOmitted":0,"values":[]}],
       "pools":[],"document":null,"trigger":null}\
      """;

  private static final String RENAMED =
      """
      {"at":"2026-11-26T11:00:00.000Z","kind":"host","name":"h2",
       "causes":["host-appeared","host-renamed"],
       "values":[{"name":"host","from":"h1","to":"h2"}],
       "moves":[{"from":null,"to":"bb","devices":3,"types":0,"endpoints":[],"endpointsOmitted":3,
         "values":[]}],
       "pools":[],"document":{"epoch":1,"sequence":1},"trigger":"start"}\
      """;

  private static final String HOSTILE =
      """
      {"at":"x\\u001b[2J","kind":"pool","name":"\\u001b]0;","causes":["\\u001b"],
       "values":[{"name":"n","from":"\\u001b[31m","to":"\\r\\n=1,2"}],
       "moves":[],"pools":[],"document":null,"trigger":null}\
      """;

  private static String page(String changes, String next) {
    return """
    {"changes":[%s],"since":"2026-11-25T12:00:00.000Z","until":"2026-11-26T12:00:00.000Z",
     "completeSince":"2026-11-20T12:00:00.000Z","asOf":null,"lag":0,"next":%s}\
    """
        .formatted(changes, next);
  }

  private static Run ask(String answer, String... words) throws IOException {
    try (StandInApi api = StandInApi.answering(200, answer)) {
      return run(api, words);
    }
  }

  private static Run run(StandInApi api, String... words) {
    List<String> all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(words));
    all.addAll(List.of("--api", api.base()));
    return Run.of(all.toArray(String[]::new));
  }

  @Test
  void whatChangedOnAHostIsToldInWordsTheOldestFirst() throws IOException {
    String expected =
        """
        2026-11-25
          23:59  device-went: kernel added: 6.12; fact/x removed, was 1; 0000:3b:00.0 went
        2026-11-26
          10:04  driver-upgrade: driver/nvidia 550.54 -> 570.10; 3 devices, 12 types: mdev version 1 -> 2
        """;
    Run run = ask(page(UPGRADE + "," + WENT, "null"), "host", "h1");
    assertThat(run.out().lines()).containsExactlyElementsOf(expected.lines().toList());
    assertThat(run.status()).isZero();
  }

  @Test
  void aRenamedHostSaysUnderBothNamesWhatTheOtherIs() throws IOException {
    String change = "host-appeared, host-renamed: host h1 -> h2; 3 devices appeared";
    assertThat(ask(page(RENAMED + "," + WENT, "null"), "host", "h1").out().lines())
        .contains(
            "  11:00  host h2: " + change,
            "The collector of h2 says that it was h1 (nobody has checked it):"
                + " fleetcompat audit host h2");
    assertThat(ask(page(RENAMED, "null"), "host", "h2").out().lines())
        .contains(
            "  11:00  " + change,
            "The collector of h2 says that it was h1 (nobody has checked it):"
                + " fleetcompat audit host h1");
    assertThat(ask(page(UPGRADE, "null"), "host", "h1").out()).doesNotContain("collector of");
    assertThat(
            ask(page(RENAMED.replace("\"h1\"", "\"a'; reboot\""), "null"), "host", "h2")
                .out()
                .lines())
        .as("anybody may say any name")
        .anyMatch(line -> line.endsWith("fleetcompat audit host 'a'\\''; reboot'"));
    assertThat(ask(page(RENAMED.replace("\"h1\"", "\"-o\""), "null"), "host", "h2").out().lines())
        .anyMatch(line -> line.endsWith("fleetcompat audit host -- -o"));
  }

  @Test
  void aHostOfWhichNothingIsKnownHasNoChangesAndThatIsSaid() throws IOException {
    assertThat(ask(page("", "null"), "host", "nobody").out())
        .contains("no changes of host nobody from 2026-11-25T12:00:00.000Z to");
  }

  @Test
  void whatIsAskedForIsPassedOnAndPagesAreFollowedUpToTheLimit() throws Exception {
    try (StandInApi api =
        StandInApi.answering(
            request ->
                new Reply(
                    200,
                    request.contains("cursor=C1")
                        ? page(WENT + "," + WENT, "\"C2\"")
                        : page(UPGRADE, "\"C1\"")))) {
      Run run =
          run(
              api,
              "changes",
              "--since",
              "7d",
              "--host",
              "a&b",
              "--device",
              "d/1",
              "--pool",
              "p",
              "--cause",
              "host-stale",
              "--limit",
              "3");
      assertThat(run.out().lines().filter(line -> line.contains("host/h1"))).hasSize(3);
      assertThat(run.err()).contains("there are more: --all");
      assertThat(api.requests().take())
          .isEqualTo(
              "/v1/changes?since=7d&cause=host-stale&host=a%26b&pool=p&device=d%2F1&limit=3");
      assertThat(api.requests().take()).endsWith("limit=2&cursor=C1");
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void allPagesAreOneDocument() throws Exception {
    try (StandInApi api =
        StandInApi.answering(
            request ->
                new Reply(
                    200,
                    request.contains("cursor=C1")
                        ? page(WENT, "null")
                        : page(UPGRADE, "\"C1\"")))) {
      JsonNode json = new ObjectMapper().readTree(run(api, "changes", "--all", "-o", "json").out());
      assertThat(json.path("changes")).hasSize(2);
      assertThat(json.path("next").isNull()).isTrue();
      assertThat(json.path("completeSince").asText()).isEqualTo("2026-11-20T12:00:00.000Z");
    }
    JsonNode none =
        new ObjectMapper().readTree(ask(page("", "null"), "changes", "-o", "json").out());
    assertThat(none.path("changes").isEmpty()).isTrue();
  }

  private static final String DIFFERS =
      """
      {"pool":"a,b","hostsAppeared":{"total":1,"names":["h9"]},"hostsGone":{"total":0,"names":[]},
       "devices":{"before":4,"after":5,"strandedBefore":0,"strandedAfter":2,"pairsGained":1,
         "pairsLost":7,"newlyStranded":{"total":2,"names":["h1/x","h2/y"]},
         "freed":{"total":0,"names":[]}}}\
      """;

  @Test
  void aDifferenceHasARowForEachPoolAndSort() throws IOException {
    Run run = ask("{\"pools\":[" + DIFFERS + "]}", "diff", "-o", "csv");
    assertThat(run.out().split("\r\n"))
        .containsExactly(
            "pool,hostsAppeared,hostsGone,sort,before,after,strandedBefore,strandedAfter,"
                + "pairsGained,pairsLost,newlyStranded,freed",
            "\"a,b\",1,0,devices,4,5,0,2,1,7,h1/x h2/y,");
  }

  @Test
  void aWaveOfWhichNothingMoreIsKnownHasARow() throws IOException {
    String wave =
        "{\"begin\":\"b\",\"end\":\"e\",\"hosts\":2,\"hostNames\":[\"h1\",\"h2\"],"
            + "\"transition\":[{\"name\":\"kernel\",\"from\":\"1\",\"to\":\"2\"}],"
            + "\"leftBehind\":1,\"forward\":{\"compatible\":3},\"back\":{\"unknown\":4},"
            + "\"difference\":%s}";
    String waves = wave.formatted("null") + "," + wave.formatted("{\"pools\":[" + DIFFERS + "]}");
    Run run = ask("{\"waves\":[" + waves + "]}", "upgrades", "-o", "csv");
    assertThat(run.out().split("\r\n"))
        .hasSize(3)
        .contains("b,e,kernel 1 -> 2,2,h1 h2,1,3,0,0,0,0,4,,,,,,,,,,,,")
        .contains(
            "b,e,kernel 1 -> 2,2,h1 h2,1,3,0,0,0,0,4,\"a,b\",1,0,devices,4,5,0,2,1,7,h1/x h2/y,");
  }

  @Test
  void whatIsNoTableIsRefusedAsOneBeforeAnythingIsAsked() throws Exception {
    try (StandInApi api = StandInApi.answering(200, "{}")) {
      Run run = Run.of("hosts", "-o", "csv", "--api", api.base());
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).contains("expected -o text, json or yaml, found csv");
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void rowsAreCommaSeparatedAsRfc4180HasThem() throws IOException {
    assertThat(ask(page(UPGRADE, "null"), "changes", "-o", "csv").out())
        .isEqualTo(
            "at,kind,name,causes,change,pools,epoch,sequence,trigger\r\n"
                + "2026-11-26T10:04:00.000Z,host,h1,driver-upgrade,"
                + "\"driver/nvidia 550.54 -> 570.10; 3 devices, 12 types: mdev version 1 -> 2\","
                + "\"gold b,\"\"c\"\"\",1,2,scan\r\n");
  }

  @Test
  void nothingInAChangeIsObeyedByATerminal() throws IOException {
    for (String format : new String[] {"text", "json", "csv"}) {
      String out = ask(page(HOSTILE, "null"), "changes", "-o", format).out();
      assertThat(out).as(format).doesNotContain("\u001b").containsIgnoringCase("u001b");
    }
    assertThat(ask(page(HOSTILE, "null"), "host", "h").out()).doesNotContain("\u001b");
  }

  @Test
  void whatIsNotKnownIsSaid() throws IOException {
    String partly = page("", "null").replace("2026-11-20", "2026-11-26");
    assertThat(ask(partly, "changes").out())
        .contains("Changes before 2026-11-26T12:00:00.000Z are not all known.");
    String unknown = partly.replace("\"2026-11-26T12:00:00.000Z\",\"asOf\"", "null,\"asOf\"");
    assertThat(ask(unknown.replace("\"lag\":0", "\"lag\":7"), "host", "h").out())
        .contains("7 newer changes are not read yet");
    assertThat(ask("{\"changes\":[],\"completeSince\":null}", "changes").out())
        .contains("not complete yet");
  }

  @Test
  void anApiWithoutAHistorySaysWhatToDo() throws IOException {
    String problem = "{\"detail\":\"start it with history-directory\",\"code\":\"no-history\"}";
    try (StandInApi api = StandInApi.answering(501, problem)) {
      Run run = run(api, "changes");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("history-directory", "no-history");
    }
  }

  @Test
  void wrongUsageIsRefused() {
    assertThat(Run.of("audit").status()).isEqualTo(2);
    assertThat(Run.of("audit", "changes", "--limit", "0").status()).isEqualTo(2);
    assertThat(Run.of("audit", "changes", "-o", "yaml").status()).isEqualTo(2);
    assertThat(Run.of("audit", "host").status()).isEqualTo(2);
  }
}
