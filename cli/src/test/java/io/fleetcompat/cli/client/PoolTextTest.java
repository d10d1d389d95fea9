package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The words about the health of pools. */
class PoolTextTest {

  private static final String HEALTH =
      """
      {"ruleSet":"5[]","since":"2026-11-26T10:00:00Z","fresh":18,"stale":2,"lost":0,
       "notAssessed":0,"split":true,"oneWayPairs":4,
       "devices":{"endpoints":40,"movable":37,"stranded":3,"unknown":1,"full":2},
       "types":{"endpoints":0,"movable":0,"stranded":0,"unknown":0,"full":0}}
      """;

  private static final String POOL =
      """
      {"pool":"a","hosts":20,"health":%s,"members":["h1"],"profiles":[],
       "families":[{"kind":"mdev","vendor":"10de","type":"T4-1Q","profiles":3,"groups":2,"atLeast":1},
        {"kind":"virtio","vendor":null,"type":"0x0001","profiles":1,"groups":1,"atLeast":1}],
       "familiesOmitted":0,
       "stranded":[{"profile":"0123","devices":3,"types":0,"onlyHost":null,"unknownDevices":1,
        "unknownTypes":0,"alone":true,"endpoints":["h1/d1","h1/d2"]}],
       "strandedOmitted":0,
       "reasons":[{"outcome":"INCOMPATIBLE","rule":"software-version","attribute":"software_version",
        "source":"1.3.0","destination":"1.2.9","detail":"destination minor 2 is below source minor 3",
        "origin":"docs/rules.md#3.1","freesDevices":2,"freesTypes":0,"strandsDevices":3,
        "strandsTypes":0,"sourceHosts":1,"destinationHosts":12}],
       "unexplained":0,"ruleSet":"5[]","stale":false}
      """;

  @Test
  void aPoolIsToldInWords() throws IOException {
    String out = told("pools", "a", POOL.formatted(HEALTH));
    assertThat(out.lines())
        .contains(
            "a: 20 hosts",
            "  18 live, 2 stale, 0 lost; as it is since 2026-11-26T10:00:00Z, by the rules 5[]",
            "  devices: 37 of 40 can move (2 only where none can be created now), 3 stranded (of 1"
                + " nobody knows it)",
            "  types: none",
            "  4 pairs of profiles go one way only: what went there cannot come back",
            "  split: the 3 profiles of mdev 10de T4-1Q fall into 2 groups, at least 1 whatever is"
                + " not known",
            "what strands them, and what each alone would free:",
            "  frees 2 of 3 devices on 1 hosts: software-version: destination minor 2 is"
                + " below source minor 3 [software_version: source '1.3.0', destination '1.2.9']");
    assertThat(out)
        .contains("h1/d1 and 2 more; nothing like it elsewhere")
        .doesNotContain("virtio");
  }

  @Test
  void poolsAreListedWithWhatIsWrongWithThem() throws IOException {
    String out =
        told(
            "pools",
            "",
            ("{\"pools\":[{\"pool\":\"b\",\"hosts\":3,\"health\":null},"
                    + "{\"pool\":\"a\",\"hosts\":20,\"health\":%s}]}")
                .formatted(HEALTH));
    assertThat(out.lines())
        .anyMatch(line -> line.matches("b +3 +\\? +\\? +not assessed yet"))
        .anyMatch(
            line ->
                line.matches(
                    "a +20 +3 of 40 +0 of 0 +split, 4 pairs go one way only, 2 hosts stale"));
  }

  @Test
  void wordsOfAnApiAreEscaped() throws IOException {
    String out = told("pools", "a", POOL.formatted(HEALTH).replace("T4-1Q", "\\u001b[31m"));
    assertThat(out).doesNotContain("\u001b").contains("split: the 3 profiles of mdev 10de ");
  }

  private static String told(String command, String pool, String answer) throws IOException {
    try (StandInApi api = StandInApi.answering(200, answer)) {
      return pool.isEmpty()
          ? Run.of(command, "--api", api.base()).out()
          : Run.of(command, pool, "--api", api.base()).out();
    }
  }
}
