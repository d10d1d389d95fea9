package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/destinations}. */
@ExtendWith(SharedApi.class)
class MachineRoutesTest {

  private final ApiFixture api;

  MachineRoutesTest(ApiFixture api) {
    this.api = api;
  }

  @Test
  void machinesFindAHostForAllDevices() throws Exception {
    String source = api.endpoint(0);
    JsonNode json =
        ApiFixture.json(api.post("/v1/destinations", "{\"sources\":[\"" + source + "\"]}"));
    assertThat(json.path("destinations").isArray()).isTrue();
    for (JsonNode fit : json.path("destinations")) {
      assertThat(fit.at("/devices/0/source").textValue()).isEqualTo(source);
      assertThat(fit.at("/devices/0/capacity").intValue()).isPositive();
      assertThat(fit.at("/devices/0/verdict").textValue()).isEqualTo("COMPATIBLE");
      assertThat(fit.at("/devices/0/obligations").isArray()).isTrue();
      assertThat(fit.path("liveness").textValue()).isEqualTo("FRESH");
    }
    long others = 0;
    for (JsonNode count : json.path("excluded")) {
      others += count.longValue();
    }
    assertThat(json.path("total").longValue() + others).isEqualTo(ApiFixture.HOSTS);
  }

  @Test
  void machinesGoToCandidatesAloneWhereThereAreSome() throws Exception {
    String source = api.endpoint(0);
    String all = "{\"sources\":[\"%s\"]}".formatted(source);
    JsonNode fits = ApiFixture.json(api.post("/v1/destinations", all)).path("destinations");
    assertThat(fits.size()).isGreaterThan(1);
    String last = fits.get(fits.size() - 1).path("host").textValue();
    String one = "{\"sources\":[\"%s\"],\"candidates\":[\"%s\"]}".formatted(source, last);
    JsonNode chosen = ApiFixture.json(api.post("/v1/destinations", one)).path("destinations");
    assertThat(chosen).hasSize(1);
    assertThat(chosen.at("/0")).isEqualTo(fits.get(fits.size() - 1));
    String none = "{\"sources\":[\"%s\"],\"candidates\":[]}".formatted(source);
    assertThat(ApiFixture.json(api.post("/v1/destinations", none)).path("destinations")).isEmpty();
    String unknown = "{\"sources\":[\"%s\"],\"candidates\":[\"nowhere\"]}".formatted(source);
    JsonNode nowhere = ApiFixture.json(api.post("/v1/destinations", unknown));
    assertThat(nowhere.path("destinations")).isEmpty();
    assertThat(nowhere.path("notIndexed").toString()).isEqualTo("[\"nowhere\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          {"sources": ["a/b"], "limit": "x"} ~ from 1 to 1000, found the string 'x'
          {"sources": []} ~ sources: expected 1 to 64 endpoints, found none
          """)
  void aBodyOfAnotherShapeIsToldWhatWasExpectedAndFound(String body, String said) throws Exception {
    HttpResponse<String> response = api.post("/v1/destinations", body);
    assertProblem(response, 400, "bad-request");
    assertThat(ApiFixture.json(response).path("detail").textValue()).contains(said);
  }
}
