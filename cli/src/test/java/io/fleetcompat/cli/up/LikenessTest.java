package io.fleetcompat.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.up.Examples.Likeness;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The choice of the "no" that makes the best example. */
class LikenessTest {

  @Test
  void aVersionIsTheBestReasonThenAValueThenThatTheyAreUnlike() {
    assertThat(Likeness.of(Set.of("software-version", "compatible-values")))
        .isEqualTo(Likeness.VERSION);
    assertThat(Likeness.of(Set.of("feature-bits"))).isEqualTo(Likeness.VALUES);
    assertThat(Likeness.of(Set.of("facet-missing"))).isEqualTo(Likeness.UNLIKE);
    assertThat(Likeness.of(Set.of("software-version", "mdev-type"))).isEqualTo(Likeness.UNLIKE);
    assertThat(Likeness.values())
        .containsExactly(Likeness.VERSION, Likeness.VALUES, Likeness.UNLIKE);
  }
}
