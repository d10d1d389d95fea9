package io.fleetcompat.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The codes of problems, which are on the wire and in answers. */
class ProblemCodeTest {

  @Test
  void aCodeIsSpelledAsItAlwaysWas() {
    assertThat(ProblemCode.values())
        .extracting(ProblemCode::toString)
        .containsExactly(
            "malformed",
            "unreadable",
            "too-large",
            "truncated",
            "too-many-nodes",
            "too-deep",
            "outside-root",
            "dangling-link");
  }
}
