package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.testing.IndexedFleet;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /v1/what-if} and {@code POST /v1/plan}. */
@ExtendWith(SharedApi.class)
class WhatIfRoutesTest {

  private final ApiFixture api;

  WhatIfRoutesTest(ApiFixture api) {
    this.api = api;
  }

  private JsonNode ask(String body) throws Exception {
    HttpResponse<String> response = api.post("/v1/what-if", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return ApiFixture.json(response);
  }

  @Test
  void anUpgradeChangesProfilesAndPairsAndNothingOfTheIndex() throws Exception {
    String before = api.get("/v1/pools/pool-0").body() + api.get("/v1/hosts").body();
    JsonNode found =
        ask("{\"select\":{\"pool\":\"pool-0\"},\"set\":{\"software_version\":\"77.0.0\"}}");
    assertThat(found.at("/selected/total").intValue()).isPositive();
    assertThat(found.path("profiles")).isNotEmpty();
    JsonNode profile = found.at("/profiles/0");
    assertThat(profile.path("new").booleanValue()).isTrue();
    assertThat(profile.at("/attributes/0/name").textValue()).isEqualTo("software_version");
    assertThat(profile.at("/attributes/0/to").textValue()).isEqualTo("77.0.0");
    assertThat(found.at("/pools/0/difference/pool").textValue()).isEqualTo("pool-0");
    assertThat(found.at("/pools/0/healthAfter/types/endpoints"))
        .isEqualTo(found.at("/pools/0/healthBefore/types/endpoints"));
    assertThat(found.path("displaced").isNull()).isTrue();
    assertThat(api.get("/v1/profiles/" + profile.path("to").textValue()).statusCode())
        .as("nobody has it")
        .isEqualTo(404);
    assertThat(api.get("/v1/pools/pool-0").body() + api.get("/v1/hosts").body()).isEqualTo(before);
  }

  @Test
  void hostsMayComeAndGo() throws Exception {
    String host = IndexedFleet.host(1);
    JsonNode removed = ask("{\"select\":{\"hosts\":[\"%s\"]},\"remove\":true}".formatted(host));
    assertThat(removed.at("/pools/0/difference/hostsGone/names/0").textValue()).isEqualTo(host);
    assertThat(removed.at("/displaced/devices").intValue()).isZero();
    JsonNode added = ask("{\"add\":[{\"host\":\"a-new-one\",\"like\":\"%s\"}]}".formatted(host));
    assertThat(added.at("/pools/0/difference/hostsAppeared/names/0").textValue())
        .isEqualTo("a-new-one");
    assertThat(api.get("/v1/hosts/a-new-one").statusCode()).isEqualTo(404);
  }

  @Test
  void otherRulesAreJudgedByInAllPools() throws Exception {
    JsonNode found = ask("{\"rules\":{\"policies\":[\"mutual\"]}}");
    assertThat(found.path("ruleSetAfter").textValue()).contains("[mutual]");
    assertThat(found.path("ruleSet").textValue()).doesNotContain("mutual");
    assertThat(found.path("pools").size()).isGreaterThan(1);
    JsonNode override =
        ask(
            "{\"overrides\":{\"add\":[{\"rule\":\"software-version\",\"scope\":\"pool\","
                + "\"from\":\"pool-0\",\"to\":\"pool-0\"}]}}");
    assertThat(override.at("/pools/0/difference/types/pairsLost").longValue()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          {"sel": {}} ~ expected members
          {} ~ expected a change
          {"select": {"pool": "pool-0"}, "set": {"nonsense": "1"}} ~ found 'nonsense'
          {"select": {"pool": "pool-0"}, "set": {"features": "1"}} ~ they have: device_api
          {"select": {"pool": "pool-0"}, "set": {"software_version": 1}} ~ expected a string
          {"select": {"pool": "pool-0", "x": 1}, "drain": true} ~ select: expected members
          {"select": {"labels": {"pool": "none"}}, "drain": true} ~ there is: 'pool-0'
          {"select": {"kernel": "1"}, "drain": true} ~ there is: '6.12.0'
          {"select": {"pool": "pool-0"}, "drain": true, "remove": true} ~ expected drain or remove
          {"select": {"pool": "pool-0"}, "driver": {"module": "i915"}} ~ driver.version: expected
          {"add": [{"host": "host-000001.example", "like": "host-000001.example"}]} ~ no host has
          {"rules": {"policies": ["no"]}} ~ rules.policies: expected
          {"rules": {"packs": {"x.yaml": "id: ["}}} ~ rules: x.yaml:1
          {"overrides": {"remove": ["none"]}} ~ expected an override of the index
          {"overrides": {"add": [{"rule": "x", "scope": "pool", "from": "a", "to": "b"}]}} ~ .rule
          """)
  void whatCannotBeIsToldWithWhatWasExpectedAndFound(String body, String said) throws Exception {
    HttpResponse<String> response = api.post("/v1/what-if", body);
    assertProblem(response, 400, "bad-request");
    assertThat(ApiFixture.json(response).path("detail").textValue()).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          '' ~ expected
          [] ~ the body
          {} ~ change
          {"keep": 1} ~ change
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7"}, "kept": 1} ~ expected members
          {"change": {"select": {"pool": "pool-0"}, "kernels": "7"}} ~ change: expected members
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7"}, "keep": -1} ~ keep: expected an integer from 0 to 10000
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7"}, "keep": 10001} ~ keep: expected an integer from 0 to 10000
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7"}, "keep": 99999999999999} ~ keep: expected an integer
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7"}, "keep": 1.5} ~ keep: expected an integer
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7"}, "keep": "1"} ~ keep: expected an integer
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7"}, "keep": null} ~ keep: expected an integer
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7"}, "inUse": "vf"} ~ inUse: expected all or mdev
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7"}, "inUse": 1} ~ inUse: expected all or mdev
          {"change": {"kernel": "7"}} ~ select: expected the hosts that change
          {"change": {"select": {"pool": "pool-0"}}} ~ expected a change
          {"change": {"select": {"pool": "pool-0"}, "drain": true}} ~ expected a change of hosts' software alone
          {"change": {"select": {"pool": "pool-0"}, "kernel": "7", "remove": true}} ~ expected a change of hosts' software alone
          {"change": {"select": {"labels": {"pool": "none"}}, "kernel": "7"}} ~ there is: 'pool-0'
          {"change": {"select": {"kernel": "1"}, "kernel": "7"}} ~ found none among
          {"change": {"select": {"pool": "pool-0"}, "set": {"nonsense": "1"}}} ~ found 'nonsense'
          {"change": {"select": {"pool": "pool-0"}, "set": {"features": "1"}}} ~ they have: device_api
          {"change": {"select": {"pool": "pool-0"}, "driver": {"module": "none", "version": "1"}}} ~ driver.module: expected
          """)
  void aPlanThatCannotBeIsToldWithWhatWasExpectedAndFound(String body, String said)
      throws Exception {
    HttpResponse<String> response = api.post("/v1/plan", body);
    assertProblem(response, 400, "bad-request");
    assertThat(ApiFixture.json(response).path("detail").textValue()).contains(said);
  }

  @Test
  void aPlanForHostsOrPoolsThatAreNotThereIsNotFound() throws Exception {
    assertProblem(
        api.post("/v1/plan", "{\"change\":{\"select\":{\"hosts\":[\"x\"]},\"kernel\":\"7\"}}"),
        404,
        "host-not-found");
    assertProblem(
        api.post("/v1/plan", "{\"change\":{\"select\":{\"pool\":\"none\"},\"kernel\":\"7\"}}"),
        404,
        "pool-not-found");
  }

  @Test
  void aHostOrPoolThatIsNotThereIsNotFound() throws Exception {
    assertProblem(
        api.post("/v1/what-if", "{\"select\":{\"hosts\":[\"nobody\"]},\"drain\":true}"),
        404,
        "host-not-found");
    assertProblem(
        api.post("/v1/what-if", "{\"select\":{\"pool\":\"none\"},\"drain\":true}"),
        404,
        "pool-not-found");
  }
}
