package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.FreePorts;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {

  @ParameterizedTest
  @CsvSource({"COMPATIBLE,0", "INCOMPATIBLE,3", "UNKNOWN,4"})
  void theVerdictIsTheExitStatus(String verdict, int status) throws Exception {
    assertThat(ask(200, checked(verdict, Instant.now()), "check", "a/b", "c").status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "COMPATIBLE,3,,0",
    "COMPATIBLE,0,,8",
    "COMPATIBLE,null,,4",
    "COMPATIBLE,null,free,0",
    "COMPATIBLE,null,in-use,8",
    "COMPATIBLE,null,unknown,4",
    "INCOMPATIBLE,0,,3",
    "UNKNOWN,0,,4"
  })
  void whetherAnythingIsFreeIsTheExitStatusWhereThatIsAskedFor(
      String verdict, String capacity, @Nullable String use, int status) throws Exception {
    String room = "\"capacity\":" + capacity + (use == null ? "" : ",\"use\":\"" + use + "\"");
    String answer = checked(verdict, Instant.now()).replace("\"capacity\":null", room);
    assertThat(ask(200, answer, "check", "a/b", "c", "--capacity").status()).isEqualTo(status);
    assertThat(ask(200, answer, "check", "a/b", "c").status())
        .as("not asked for")
        .isEqualTo(verdict.equals("COMPATIBLE") ? 0 : status);
  }

  @ParameterizedTest
  @CsvSource({
    "404,host-not-found,5",
    "400,endpoint-invalid,2",
    "503,not-ready,1",
    "503,revision-not-reached,6",
    "500,internal,1"
  })
  void aProblemIsItsDetailAndItsExitStatus(int http, String code, int status) throws Exception {
    String problem =
        "{\"title\":\"t\",\"detail\":\"what to \\u001b[31m do\",\"code\":\"" + code + "\"}";
    Run run = ask(http, problem, "check", "a/b", "c");
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.err()).contains("what to \\u001b[31m do", code);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anAnswerThatRestsOnOldNewsIsTooStaleOnlyWhereAnAgeIsGiven() throws Exception {
    String old = checked("COMPATIBLE", Instant.now().minusSeconds(3600));
    assertThat(ask(200, old, "check", "a/b", "c").status()).isZero();
    Run run = ask(200, old, "check", "a/b", "c", "--max-age", "1m");
    assertThat(run.status()).isEqualTo(6);
    assertThat(run.err()).contains("60 min ago");
  }

  @Test
  void nothingThatListensIsAFailureThatSaysWhatToDo() {
    Run run = Run.of("status", "--api", "http://127.0.0.1:" + FreePorts.find(1).getFirst());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("fleetcompat up", "--api");
  }

  @Test
  void anAddressThatIsNoneIsWrongUsage() {
    for (String address : new String[] {"ftp://x", "127.0.0.1:8787", "http://", "http://a b"}) {
      assertThat(Run.of("status", "--api", address).status()).as(address).isEqualTo(2);
    }
  }

  @Test
  void jsonIsTheBodyWithNothingThatATerminalWouldObey() throws Exception {
    String body = "{\"revision\": 7, \"name\": \"a\u202eb\"}";
    assertThat(ask(200, body, "status", "-o", "json").out())
        .isEqualTo("{\"revision\": 7, \"name\": \"a\\u202eb\"}" + System.lineSeparator());
    assertThat(ask(200, body, "status", "-o", "yaml").out()).contains("revision: 7");
  }

  @Test
  void namesAreEncodedInTheQuestionAndOptionsArePassedOn() throws Exception {
    try (StandInApi api = StandInApi.answering(200, "{\"destinations\":[]}")) {
      Run run =
          Run.of(
              "destinations",
              "h/p/NVIDIA%20L40S-1B",
              "--limit",
              "3",
              "--unknown",
              "--pool",
              "a&b",
              "--min-revision",
              "9",
              "--min-document",
              "h:1:2",
              "--api",
              api.base() + "/");
      assertThat(run.status()).isEqualTo(3);
      assertThat(api.requests().take())
          .startsWith("/v1/destinations?")
          .contains("source=h%2Fp%2FNVIDIA%2520L40S-1B", "limit=3", "unknown=true", "pool=a%26b")
          .contains("min-revision=9", "min-document=h%3A1%3A2")
          .doesNotContain("stale", "cursor");
    }
  }

  @Test
  void destinationsOfASourceThatFellSilentAreUnknownAndTheReasonIsShown() throws Exception {
    String answer =
        """
        {"source":"h/d","destinations":[],"total":0,"excluded":{"host-stale":7,"own-host":1},
         "next":null,"sourceHost":{"host":"h","lastSeen":"%s","liveness":"STALE"}}
        """
            .formatted(Instant.now().minusSeconds(120));
    Run run = ask(200, answer, "destinations", "h/d");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out()).contains("left out: host-stale 7, own-host 1", "source host h is STALE");
    String heard = answer.replace("STALE", "FRESH");
    assertThat(ask(200, heard, "destinations", "h/d").status()).isEqualTo(3);
  }

  @Test
  void verdictsNameTheRulesThatTheyAreBy() throws Exception {
    String rules = "4[mutual]{packs c5720d03bc8cfdb5}";
    String named = checked("COMPATIBLE", Instant.now()).replace("\"revision\"", named(rules));
    for (String question : new String[] {"check", "explain"}) {
      assertThat(ask(200, named, question, "a/b", "c/d").out()).contains("  by the rules " + rules);
    }
    String destinations = "{\"destinations\":[]," + named(rules) + ":1}";
    assertThat(ask(200, destinations, "destinations", "a/b").out())
        .contains("  by the rules " + rules);
    String none = checked("UNKNOWN", Instant.now());
    assertThat(ask(200, none, "check", "a/b", "c/d").out()).contains("by no rules");
  }

  private static String named(String rules) {
    return "\"ruleSet\":\"" + rules + "\",\"revision\"";
  }

  @Test
  void statusSaysWhyNewerRulesAreRefused() throws Exception {
    String answer =
        "{\"ready\":true,\"refusedRules\":{\"reason\":\"own.yaml:2: expected a number\"}}";
    Run run = ask(200, answer, "status");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("newer rules are refused, and the ones before them stay: own.yaml:2: expected");
    assertThat(ask(200, "{\"ready\":true}", "status").out()).doesNotContain("refused");
  }

  @Test
  void somethingElseThanJsonIsSaidToBeNoApi() throws Exception {
    Run run = ask(200, "<html>", "hosts");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("is it a fleetcompat API?");
  }

  @Test
  void aHostSaysWhatIsDeclaredOfItsDevicesAndWhatTheirDriversShow() throws Exception {
    String claims =
        """
        {"host":"h","labels":{},"endpoints":[],"problems":[],"declared":[
          {"endpoint":"a","declared":"yes","observed":"no","finding":"contradicted","detail":"d1"},
          {"endpoint":"b","declared":"no","observed":"no","finding":"confirmed","detail":"d2"},
          {"endpoint":"c","declared":"no","observed":"unknown","finding":"not-compared","detail":"d3"}]}
        """;
    assertThat(ask(200, claims, "hosts", "h").out())
        .contains("a is declared live_migratable=yes, and its driver shows the contrary: d1")
        .contains("b is declared live_migratable=no, as its driver shows: d2")
        .contains("c is declared live_migratable=no, which cannot be compared: d3");
  }

  @Test
  void aRenamedHostSaysItsFormerName() throws Exception {
    String renamed =
        """
        {"host":"h","labels":{},"endpoints":[],"problems":[],
         "formerHost":"g\\u001b[31m","renamedAt":"%s"}
        """
            .formatted(Instant.now().minusSeconds(7200));
    assertThat(ask(200, renamed, "hosts", "h").out())
        .contains("renamed 2 h ago, formerly g\\u001b[31m");
    assertThat(ask(200, "{\"host\":\"h\"}", "hosts", "h").out()).doesNotContain("formerly");
    assertThat(ask(200, "{\"host\":\"h\",\"renamedTo\":[\"n\\u001b[31m\"]}", "hosts", "h").out())
        .contains("renamed, now n\\u001b[31m");
  }

  private static Run ask(int status, String body, String... question) throws Exception {
    try (StandInApi api = StandInApi.answering(status, body)) {
      return Run.of(
          Stream.concat(Stream.of(question), Stream.of("--api", api.base()))
              .toArray(String[]::new));
    }
  }

  private static String checked(String verdict, Instant seen) {
    String host = "{\"host\":\"x\",\"lastSeen\":\"" + seen + "\",\"liveness\":\"FRESH\"}";
    return """
    {"source":"a/b","destination":"c/d","verdict":"%s","reasons":[],"obligations":[],
     "warnings":[],"capacity":null,"sourceHost":%s,"destinationHost":%s,"rank":null,
     "revision":1,"asOf":"%s","stale":false}
    """
        .formatted(verdict, host, host, Instant.now());
  }
}
