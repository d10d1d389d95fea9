package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import org.junit.jupiter.api.Test;

/** {@code fleetcompat drain} says in words what would give devices a place. */
class DrainCommandTest {

  private static final String ANSWER =
      """
      {"host":"hv1","liveness":"FRESH","lastSeen":"2026-11-26T10:00:00Z","pool":"gpu","keep":2,
       "devices":3,"movable":1,"atMost":1,"lacking":1,"certain":true,
       "moves":[{"device":"hv1/a","destination":"hv2/card/t","capacity":1,"mayBeInUse":false,
        "verdict":"COMPATIBLE","reasons":[],"obligations":[],"warnings":[]}],
       "stuck":[
        {"device":"hv1/b","obstacle":"competes","excluded":{},"nearest":null,"unblocking":{
         "onePlaceMore":[
          {"destination":"hv2/card/t","capacity":1,"devicesOfType":2},
          {"destination":"hv3/card/t","capacity":null,"devicesOfType":0,"problem":{
           "path":"x","code":"malformed","detail":"expected a number, found many"}}],
         "wouldDo":4,"onUsedCards":1,"tooFewOnward":3,"notLookedAt":7}},
        {"device":"hv1/c","obstacle":"too-few-kept","excluded":{},"nearest":null,"unblocking":{
         "onePlaceMore":[],"wouldDo":0,"onUsedCards":0,"tooFewOnward":0,"notLookedAt":0,
         "furthest":{"destination":"hv2/card/u","hosts":1,"silentHosts":1,"nearest":{
          "destination":"hv4/card/u","verdict":"INCOMPATIBLE","reasons":[
           {"rule":"software-version","detail":"2.0 is not 1.0"}],"obligations":[],
          "warnings":[]}}}}],
       "competition":{"devices":["hv1/a","hv1/b"],
        "places":[{"destination":"hv2/card/t","room":1}],"lacking":1},
       "ruleSet":"5[]{packs 1}","revision":1,"asOf":"2026-11-26T10:00:00Z","stale":false}
      """;

  @Test
  void whatWouldUnblockADeviceIsToldInWords() throws Exception {
    try (StandInApi api = StandInApi.answering(200, ANSWER)) {
      Run run = Run.of("drain", "--api", api.base(), "--keep", "2", "hv1");
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.out())
          .contains(
              """
              hv1/b cannot go: the other devices need the same places
                one more place at one of these would do, with the moves above:
                  hv2/card/t: room for 1 now, 2 devices of this type on that host
                  hv3/card/t: nobody tells its available_instances (malformed: expected a number, \
              found many), 0 devices of this type on that host
                2 more such types
                1 compatible types are on cards that take devices of another type here
                3 compatible types have too few hosts to go on to
                7 more destinations were not looked at
              """)
          .contains(
              """
                of the places with too few hosts to go on to, hv2/card/u has most: 1, and 1 that have \
              fallen silent
                the next would be hv4/card/u:
              """)
          .contains("hv1/a, hv1/b can go to hv2/card/t alone; 1 more would do")
          .contains("\nAt least 1 more places are needed for the devices");
    }
  }

  @Test
  void whatIsLackingHoldsAsFarAsCapacitiesAreTold() throws Exception {
    assertThat(told("\"lacking\":1,\"untoldCapacity\":true"))
        .contains("\nAs far as capacities are told, at least 1 more places are needed");
    assertThat(told("\"untoldCapacity\":true")).doesNotContain("more places are needed");
  }

  /** The words of the answer with these members. */
  private static String told(String members) throws Exception {
    String answer = ANSWER.replace("\"lacking\":1,\"certain\":true", members);
    assertThat(answer).isNotEqualTo(ANSWER);
    try (StandInApi api = StandInApi.answering(200, answer)) {
      return Run.of("drain", "--api", api.base(), "hv1").out();
    }
  }
}
