package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code /v1/explain}. */
@ExtendWith(SharedApi.class)
class ExplainRouteTest {

  private final ApiFixture api;

  ExplainRouteTest(ApiFixture api) {
    this.api = api;
  }

  @Test
  void whyYesIsEveryRuleThatWasAppliedWithBothValues() throws Exception {
    String source = api.endpoint(0);
    JsonNode page = ApiFixture.json(api.get("/v1/destinations?limit=1&source=" + source));
    String destination = page.at("/destinations/0/destination").textValue();
    JsonNode json =
        ApiFixture.json(api.get("/v1/explain?source=" + source + "&destination=" + destination));
    List<String> rules = new ArrayList<>();
    for (JsonNode rule : json.path("rules")) {
      rules.add(rule.path("rule").textValue());
      assertThat(rule.path("outcome").textValue()).isEqualTo("satisfied");
      assertThat(rule.path("source").textValue()).isNotBlank();
      assertThat(rule.path("destination").textValue()).isNotBlank();
      assertThat(rule.path("origin").textValue()).isEqualTo("docs/rules.md#3.1");
    }
    assertThat(rules).containsExactly("mdev-type", "device-api", "software-version");
  }
}
