package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ProblemTextTest {

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void problemsOfAHostAreCountedWhateverTheirKind() throws Exception {
    assertThat(ProblemText.count(json("{'problemCounts': {'malformed': 3, 'twin-host': 1}}")))
        .isEqualTo("4");
    assertThat(ProblemText.count(json("{'host': 'good'}"))).isEqualTo("-");
  }

  @Test
  void everyKindIsToldOnceWithWhatToDo() throws Exception {
    JsonNode hosts =
        json(
            "[{'problemCounts': {'too-deep': 2, 'twin-host': 1}}, {},"
                + " {'problemCounts': {'too-deep': 3, 'of tomorrow': 1}}]");
    assertThat(ProblemText.ofHosts(hosts))
        .satisfiesExactly(
            deep ->
                assertThat(deep)
                    .startsWith(
                        "too-deep: 5 on 2 hosts: something lies deeper than is looked; to do: ")
                    .contains("`bounds.depth`"),
            twin ->
                assertThat(twin).startsWith("twin-host: 1 on 1 host: ").contains("another name"),
            other -> assertThat(other).startsWith("other: 1 on 1 host: ").contains("upgrade"));
  }

  @Test
  void theStatusSaysItsOwnWords() throws Exception {
    assertThat(
            ProblemText.ofStatus(
                json(
                    "{'problems': [{'kind': 'new', 'hosts': 2, 'problems': 7, 'meaning': 'm',"
                        + " 'toDo': 'd'}]}")))
        .containsExactly("new: 7 on 2 hosts: m; to do: d");
    assertThat(ProblemText.ofStatus(json("{'hosts': 2}"))).isEmpty();
  }
}
