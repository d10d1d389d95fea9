package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fleetcompat what-if} and {@code plan}: options become a body, an answer becomes words. */
class WhatIfCommandTest {

  private static Run ask(StandInApi api, String... arguments) {
    List<String> all = new ArrayList<>(List.of("what-if", "--api", api.base()));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  private static String answer(int stranded, int unknown) {
    return """
    {"selected":{"total":2,"names":["hv1","hv2"]},"silent":1,"withoutPool":0,"judged":1,
     "ruleSetAfter":"5[]{packs 1}","profiles":[{"from":"0123456789","to":"fedcba9876","new":true,
     "hosts":2,"devices":3,"types":1,"attributes":[{"name":"software_version","from":"1.0",
     "to":"2.0"}]}],"profilesOmitted":0,"notApplied":[{"part":"driver","name":"nvidia","hosts":2}],"displaced":null,"pools":[{"difference":{"pool":"gpu",
     "hostsAppeared":{"total":0,"names":[]},"hostsGone":{"total":0,"names":[]},
     "devices":{"before":3,"after":3,"pairsGained":0,"pairsLost":4,"strandedBefore":0,
     "strandedAfter":%d,"newlyStranded":{"total":%d,"names":["hv1/d"]},
     "freed":{"total":0,"names":[]}},"types":{"before":0,"after":0}},
     "healthBefore":{"fresh":5,"split":false,"oneWayPairs":0,"devices":{"endpoints":3,
     "stranded":0},"types":{"endpoints":0}},"healthAfter":{"fresh":5,"split":true,
     "oneWayPairs":1,"devices":{"endpoints":3,"stranded":%d},"types":{"endpoints":0},
     "reasons":[{"outcome":"INCOMPATIBLE","reason":{"rule":"software-version",
     "detail":"2.0 is not 1.0"},"strandsDevices":1,"strandsTypes":0}]}}],
     "unknown":{"pairs":%d,"missing":[{"reason":{"rule":"opaque-unprobed",
     "detail":"nobody has asked"},"pairs":%d}],"omitted":0,"unexplained":0},
     "ruleSet":"5[]{packs 1}","revision":1,"asOf":"2026-11-26T10:00:00Z","stale":false}
    """
        .formatted(stranded, stranded, stranded, unknown, unknown);
  }

  private static String bodyOf(StandInApi api) throws InterruptedException {
    String request = Objects.requireNonNull(api.requests().take());
    assertThat(request).startsWith("/v1/what-if {");
    return request.substring(request.indexOf(' ') + 1);
  }

  @Test
  void optionsAreTheBody(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("body.json");
    Files.writeString(file, "{\"select\":{\"pool\":\"gpu\"},\"kernel\":\"6.1\"}");
    Path pack = directory.resolve("mine.yaml");
    Files.writeString(pack, "id: mine");
    try (StandInApi api = StandInApi.answering(200, answer(0, 0))) {
      assertThat(
              ask(
                      api,
                      "--file=" + file,
                      "--host=hv1",
                      "--label=rack=r1",
                      "--set=software_version=2.0=x",
                      "--unset=features",
                      "--driver=nvidia=580",
                      "--kernel=6.12",
                      "--of-driver=nvidia",
                      "--drain",
                      "--add=new=hv1",
                      "--rules=" + pack)
                  .status())
          .isZero();
      assertThat(bodyOf(api))
          .isEqualTo(
              "{\"select\":{\"pool\":\"gpu\",\"hosts\":[\"hv1\"],\"labels\":{\"rack\":\"r1\"}},"
                  + "\"kernel\":\"6.12\",\"endpoints\":{\"driver\":\"nvidia\"},"
                  + "\"set\":{\"software_version\":\"2.0=x\"},\"unset\":[\"features\"],"
                  + "\"driver\":{\"module\":\"nvidia\",\"version\":\"580\"},\"drain\":true,"
                  + "\"add\":[{\"host\":\"new\",\"like\":\"hv1\"}],"
                  + "\"rules\":{\"packs\":{\"mine.yaml\":\"id: mine\"}}}");
      assertThat(ask(api, "--pool=gpu", "--remove").status()).isZero();
      assertThat(bodyOf(api)).isEqualTo("{\"select\":{\"pool\":\"gpu\"},\"remove\":true}");
    }
  }

  @Test
  void theAnswerIsToldInWordsAndAsAStatus() throws Exception {
    try (StandInApi api = StandInApi.answering(200, answer(1, 0))) {
      Run run = ask(api, "--pool=gpu", "--set=software_version=2.0");
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.out())
          .contains("2 hosts selected: hv1, hv2")
          .contains("1 of them have fallen silent")
          .contains("driver nvidia changes no profile on 2 of them")
          .contains("software_version: 1.0 -> 2.0")
          .contains("pairs gained 0, lost 4")
          .contains("strands 1 devices and 0 types: ")
          .endsWith("Nothing was changed." + System.lineSeparator());
    }
    try (StandInApi api = StandInApi.answering(200, answer(0, 2))) {
      Run run = ask(api, "--pool=gpu", "--set=migration_version=x");
      assertThat(run.status()).isEqualTo(4);
      assertThat(run.out()).contains("of 2 pairs of profiles nobody would know it");
    }
  }

  @Test
  void whatIsNotJudgedIsUnknown() throws Exception {
    String displaced =
        "\"displaced\":{\"devices\":1,\"withoutDestination\":{\"total\":0,\"names\":[]},"
            + "\"unknown\":{\"total\":1,\"names\":[\"hv1/d\"]}}";
    String known = answer(0, 0);
    try (StandInApi api =
        StandInApi.answering(200, known.replace("\"displaced\":null", displaced))) {
      Run run = ask(api, "--host=hv1", "--drain");
      assertThat(run.status()).isEqualTo(4);
      assertThat(run.out()).contains("of 1 of them nobody knows it: hv1/d");
    }
    try (StandInApi api =
        StandInApi.answering(200, known.replace("\"judged\":1", "\"judged\":0"))) {
      assertThat(ask(api, "--host=hv1", "--drain").status()).isEqualTo(4);
      assertThat(Run.of("plan", "--api", api.base(), "--pool=gpu", "--set=a=b").status())
          .isEqualTo(4);
    }
  }

  @Test
  void aPlanIsToldWaveByWaveOrWithWhatBlocksIt() throws Exception {
    String pool =
        """
        {"keep":2,"selected":{"total":3,"names":["hv1"]},"silent":0,"withoutPool":0,"judged":1,"pools":[
         {"pool":"gpu","hosts":4,"toChange":3,"devices":2,"belowKeep":{"total":0,"names":[]},
          "atOnce":1,"waves":[{"hosts":["hv1"],"moves":[{"device":"hv1/d","from":"hv1",
          "to":"hv2/p/t","mayBeInUse":true}]},{"hosts":["hv3"],"moves":[]}],"blocked":%s}],
         "ruleSet":"5[]","revision":1,"asOf":"2026-11-26T10:00:00Z","stale":false}
        """;
    String block =
        """
        {"certain":%s,"last":%s,"unknown":%s,"left":{"total":1,"names":["hv2"]},"blocks":[{"obstacle":"no-room",
         "hosts":{"total":1,"names":["hv2"]},"devices":{"total":1,"names":["hv2/d"]},
         "profile":"00","reasons":[]}]}
        """;
    try (StandInApi api = StandInApi.answering(200, pool.formatted("null"))) {
      Run run = Run.of("plan", "--api", api.base(), "--pool=gpu", "--set=a=b", "--keep=2");
      assertThat(run.status()).isZero();
      assertThat(api.requests().take())
          .isEqualTo(
              "/v1/plan {\"keep\":2,\"change\":{\"select\":{\"pool\":\"gpu\"},"
                  + "\"set\":{\"a\":\"b\"}}}");
      assertThat(run.out())
          .contains("gpu: 3 of 4 live hosts, 2 devices: 2 waves, at most 1 hosts at once")
          .contains("wave 1, 1 hosts: hv1")
          .contains("if unused")
          .contains("nothing has to move");
    }
    try (StandInApi api =
        StandInApi.answering(200, pool.formatted(block.formatted("true", "true", "false")))) {
      Run run = Run.of("plan", "--api", api.base(), "--pool=gpu", "--set=a=b");
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.out())
          .contains("there is no order", "whichever of them is the last one")
          .contains("hv2: the hosts with compatible destinations have no room: hv2/d");
    }
    try (StandInApi api =
        StandInApi.answering(200, pool.formatted(block.formatted("false", "true", "true")))) {
      Run run = Run.of("plan", "--api", api.base(), "--pool=gpu", "--set=a=b");
      assertThat(run.status()).isEqualTo(4);
      assertThat(run.out()).contains("there is no order by what is known; something is unknown");
    }
  }

  @Test
  void aBaselineIsToldAttributeByAttribute() throws Exception {
    String answer =
        """
        {"pool":"gpu","families":[{"kind":"mdev","vendor":"0x8086","type":"t","profiles":2,
         "omitted":0,"hosts":3,"pairs":4,"compatible":2,"compatibleThen":%d,"changes":[
         {"attribute":"software_version","value":"1.2.0","alternatives":["1.3.0"],"givenUp":[
         {"value":null,"hosts":1}],"range":{"lowest":"1.2.0","highest":"1.2.9","values":["1.2.0",
         "1.2.9"],"notJudged":4,"givenUp":[{"value":"2.0.0","hosts":6}]}}]}],
         "ruleSet":"5[]","revision":1,"asOf":"2026-11-26T10:00:00Z","stale":false}
        """;
    try (StandInApi api = StandInApi.answering(200, answer.formatted(4))) {
      Run run = Run.of("baseline", "--api", api.base(), "--pool=g p");
      assertThat(api.requests().take()).isEqualTo("/v1/pools/g%20p/baseline");
      assertThat(run.status()).isEqualTo(3);
      assertThat(run.out())
          .contains("mdev 0x8086 t: 3 hosts, 2 profiles: 2 of 4 pairs are compatible")
          .contains("software_version = 1.2.0 everywhere", "or 1.3.0", "1 hosts have none")
          .contains(
              """
                or from 1.2.0 to 1.2.9, among which hosts may differ (2 versions that hosts have)
                  6 hosts have 2.0.0
                  perhaps in a wider range: 4 more versions were not looked at
              """)
          .contains("then 4 of 4 pairs would be compatible");
    }
    try (StandInApi api = StandInApi.answering(200, answer.formatted(3))) {
      assertThat(Run.of("baseline", "--api", api.base(), "--pool=p").status()).isEqualTo(4);
    }
  }

  @Test
  void anOptionOfAnotherShapeIsWrongUsage(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("body.json");
    Files.writeString(file, "[1");
    for (String option :
        List.of("--set=x", "--driver==1", "--add=y", "--file=" + file, "--file=/nowhere/x")) {
      assertThat(Run.of("what-if", "--api", "http://127.0.0.1:1", option).status())
          .as(option)
          .isEqualTo(2);
    }
  }
}
