package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.client.StandInApi.Reply;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists of several pages; standard output is no terminal here. LauncherIT has one. */
class ListTest {

  private static final String FIRST = page("\"h0\",\"h1\"", "\"C1\"", 7);
  private static final String SECOND = page("\"h2\"", "\"C2\"", 9);
  private static final String LAST = page("\"h3\"", "null", 9);

  @Test
  void aPipeIsGivenAllPagesOfWhichTheFirstSaysHowOldTheyAre() throws Exception {
    try (StandInApi api = pages()) {
      Run run = run(api, "hosts", "--pool", "p");
      assertThat(run.out().lines().skip(1)).hasSize(4).allMatch(line -> line.startsWith("h"));
      assertThat(run.err()).isEmpty();
      assertThat(api.requests().take()).isEqualTo("/v1/hosts?limit=1000&pool=p");
      assertThat(api.requests().take())
          .isEqualTo("/v1/hosts?limit=1000&cursor=C1&pool=p&min-revision=7");
      assertThat(api.requests().take()).contains("cursor=C2");
      assertThat(api.requests()).isEmpty();
      JsonNode json = new ObjectMapper().readTree(run(api, "hosts", "-o", "json").out());
      assertThat(json.path("hosts")).hasSize(4);
      assertThat(json.path("next").isNull()).isTrue();
      assertThat(json.path("revision").asInt()).isEqualTo(7);
    }
  }

  @Test
  void aLimitIsAPageAndTheRestIsToldOnStandardError() throws Exception {
    try (StandInApi api = pages()) {
      Run run = run(api, "hosts", "--limit", "2");
      assertThat(run.out().lines().skip(1)).hasSize(2);
      assertThat(run.err())
          .startsWith("fleetcompat: there are more: --all lists all, and --cursor C1 what follows");
      assertThat(api.requests().take()).isEqualTo("/v1/hosts?limit=2");
      Run both = run(api, "hosts", "--limit", "2", "--all");
      assertThat(both.status()).isEqualTo(2);
      assertThat(both.err()).contains("--all or --limit");
    }
  }

  @Test
  void destinationsAreAListToo() throws Exception {
    String first = "{\"source\":\"a/b\",\"destinations\":[%s],\"total\":2,\"next\":%s}";
    String destination = "{\"destination\":\"c/%s\",\"verdict\":\"COMPATIBLE\"}";
    try (StandInApi api =
        StandInApi.answering(
            request ->
                new Reply(
                    200,
                    request.contains("cursor=")
                        ? first.formatted(destination.formatted("2"), "null")
                        : first.formatted(destination.formatted("1"), "\"C\"")))) {
      assertThat(run(api, "destinations", "a/b").out()).contains("c/1", "c/2", "2 of 2");
      Run one = run(api, "destinations", "a/b", "--limit", "1");
      assertThat(one.out()).contains("c/1", "1 of 2").doesNotContain("c/2");
      assertThat(one.err()).contains("--cursor C");
    }
  }

  @Test
  void poolsComeWholeAndTakeNoLimit() throws Exception {
    try (StandInApi api = StandInApi.answering(200, "{\"pools\":[{\"pool\":\"p\"}]}")) {
      assertThat(run(api, "pools").out()).contains("p ");
      assertThat(api.requests().take()).isEqualTo("/v1/pools");
      assertThat(run(api, "pools", "p").status()).isZero();
      assertThat(api.requests().take()).isEqualTo("/v1/pools/p");
    }
  }

  @Test
  void anApiThatNamesTheSamePageAgainIsNotAskedForEver() throws Exception {
    try (StandInApi api = StandInApi.answering(200, FIRST)) {
      Run run = run(api, "hosts");
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("to name another page after C1");
    }
  }

  @Test
  void alertsThatAreLeftOutAreToldOnStandardError() throws Exception {
    try (StandInApi api = StandInApi.answering(200, "{\"alerts\":[],\"omitted\":3}")) {
      Run run = run(api, "alerts");
      assertThat(run.err()).contains("there are 3 more");
      assertThat(api.requests().take()).isEqualTo("/v1/alerts?limit=10000");
    }
  }

  private static StandInApi pages() throws IOException {
    return StandInApi.answering(
        request ->
            new Reply(
                200,
                request.contains("cursor=C2") ? LAST : request.contains("C1") ? SECOND : FIRST));
  }

  private static String page(String hosts, String next, int revision) {
    String entries =
        Stream.of(hosts.split(",", -1))
            .map(host -> "{\"host\":" + host + "}")
            .reduce((one, other) -> one + "," + other)
            .orElseThrow();
    return "{\"hosts\":[%s],\"next\":%s,\"revision\":%d}".formatted(entries, next, revision);
  }

  private static Run run(StandInApi api, String... question) {
    return Run.of(
        Stream.concat(Stream.of(question), Stream.of("--api", api.base())).toArray(String[]::new));
  }
}
