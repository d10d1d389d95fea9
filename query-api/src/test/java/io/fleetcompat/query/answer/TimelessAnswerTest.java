package io.fleetcompat.query.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Answers that count as others. */
class TimelessAnswerTest {

  private static String answer(int ago, String lastSeen, String liveness, int revision) {
    return TimelessAnswer.of(
        """
        {"verdict":"UNKNOWN","detail":"last heard of %d s ago","host":{"lastSeen":%s,\
        "liveness":"%s"},"revision":%d,"asOf":"%s","stale":false}\
        """
            .formatted(ago, lastSeen, liveness, revision, revision));
  }

  @Test
  void timesAloneAreNoDifference() {
    String first = answer(61, "\"2026-11-26T10:00:00.000Z\"", "STALE", 1);
    assertThat(answer(62, "\"2026-11-26T10:00:01.000Z\"", "STALE", 20)).isEqualTo(first);
    assertThat(answer(62, "null", "STALE", 20)).isEqualTo(first);
    assertThat(answer(61, "\"2026-11-26T10:00:00.000Z\"", "LOST", 1)).isNotEqualTo(first);
  }

  @Test
  void whatAStringSaysIsADifferenceWhateverItLooksLike() {
    String one = "{\"value\":\"x\\\"revision\\\":1,\"}";
    assertThat(TimelessAnswer.of(one)).isEqualTo(one);
  }
}
