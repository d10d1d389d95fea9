package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.query.lookup.HostFilter;
import io.fleetcompat.testing.IndexedFleet;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/filter}. */
@ExtendWith(SharedApi.class)
class FilterRouteTest {

  private final ApiFixture api;

  FilterRouteTest(ApiFixture api) {
    this.api = api;
  }

  private static String hosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(host -> "\"" + IndexedFleet.host(host) + "\"")
        .collect(Collectors.joining(","));
  }

  @Test
  void eachHostIsAnsweredAsACheckAnswersIt() throws Exception {
    String source = api.endpoint(0);
    HttpResponse<String> answer =
        api.post(
            "/v1/filter",
            "{\"source\":\"%s\",\"hosts\":[%s,\"none\"]}"
                .formatted(source, hosts(ApiFixture.HOSTS - 1)));
    JsonNode json = ApiFixture.json(answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json.path("revision").longValue()).isEqualTo(ApiFixture.REVISION);
    assertThat(json.at("/others/none").textValue()).isEqualTo("not-found");
    assertThat(json.at("/others/" + IndexedFleet.host(0)).textValue()).isEqualTo("own-host");
    List<String> taking = new ArrayList<>();
    json.path("hosts").forEach(host -> taking.add(host.textValue()));
    assertThat(taking).isNotEmpty();
    for (int host = 1; host < ApiFixture.HOSTS - 1; host++) {
      String name = IndexedFleet.host(host);
      String path = "/v1/check?source=" + source + "&destination=" + name;
      String verdict = ApiFixture.json(api.get(path)).path("verdict").textValue();
      String said =
          taking.contains(name) ? "COMPATIBLE" : json.path("others").path(name).textValue();
      assertThat(said)
          .as(name)
          .isIn(
              switch (verdict) {
                case "COMPATIBLE" -> List.of("COMPATIBLE", "no-capacity");
                case "INCOMPATIBLE" -> List.of("incompatible");
                default -> List.of("unknown", "not-fresh");
              });
    }
  }

  @Test
  void namesAloneAreAnArray() throws Exception {
    String body =
        "{\"sources\":[\"%s\"],\"hosts\":[%s]}"
            .formatted(api.endpoint(0), hosts(ApiFixture.HOSTS - 1));
    JsonNode all = ApiFixture.json(api.post("/v1/filter", body)).path("hosts");
    HttpResponse<String> names = api.post("/v1/filter?fields=names", body);
    assertThat(ApiFixture.json(names)).isEqualTo(all);
    assertThat(names.headers().firstValue("Fleetcompat-Total")).hasValue(all.size() + "");
    assertThat(names.headers().firstValue("Fleetcompat-Revision"))
        .hasValue(ApiFixture.REVISION + "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "[] ~ 400 ~ bad-request ~ expected an object",
        "{\"source\":\"SOURCE\"} ~ 400 ~ bad-request ~ hosts: expected an array",
        "{\"hosts\":[]} ~ 400 ~ bad-request ~ expected source, or 1 to 64 sources, found 0",
        "{\"source\":1,\"hosts\":[]} ~ 400 ~ bad-request ~ source: expected a string",
        "{\"source\":\"a\",\"hosts\":[]} ~ 400 ~ endpoint-invalid ~ a host alone",
        "{\"source\":\"a/b\",\"hosts\":[]} ~ 404 ~ host-not-found ~ 'a'",
        "{\"source\":\"SOURCE\",\"hosts\":[1]} ~ 400 ~ bad-request ~ hosts[0]: expected a string",
        "{\"source\":\"SOURCE\",\"hosts\":[[]]} ~ 400 ~ bad-request ~ hosts[0]: expected a string",
        "{\"source\":\"SOURCE\",\"hosts\":{}} ~ 400 ~ bad-request ~ hosts: expected an array",
        "{\"source\":\"SOURCE\",\"host\":[]} ~ 400 ~ bad-request ~ [hosts, source, sources]",
        "{\"hosts\":[],\"hosts\":[]} ~ 400 ~ bad-request ~ expected JSON",
        "{\"source\":\"SOURCE\",\"hosts\":[]}x ~ 400 ~ bad-request ~ expected JSON",
        "{\"source\":\"SOURCE\",\"hosts\":[]}{} ~ 400 ~ bad-request ~ the end of the body",
        "{\"source\":\"SOURCE\",\"hosts\":[ ~ 400 ~ bad-request ~ expected JSON",
      })
  void aBodyOfAnotherShapeIsToldWhatWasExpectedAndFound(
      String body, int status, String code, String said) throws Exception {
    HttpResponse<String> answer = api.post("/v1/filter", body.replace("SOURCE", api.endpoint(0)));
    assertProblem(answer, status, code);
    assertThat(ApiFixture.json(answer).path("detail").textValue()).contains(said);
  }

  @Test
  void tooManyNamesAreRefused() throws Exception {
    String names = "\"a\"" + ",\"a\"".repeat(HostFilter.MAX_NAMES);
    String body = "{\"source\":\"%s\",\"hosts\":[%s]}".formatted(api.endpoint(0), names);
    assertProblem(api.post("/v1/filter", body), 413, "too-many-pairs");
    String fewer = body.replaceFirst("\"a\",", "");
    assertThat(api.post("/v1/filter", fewer).statusCode()).isEqualTo(200);
    assertProblem(api.post("/v1/filter?fields=host", fewer), 400, "bad-request");
  }
}
