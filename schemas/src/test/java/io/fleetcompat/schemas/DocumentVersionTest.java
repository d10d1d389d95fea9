package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The order of a host's documents. */
class DocumentVersionTest {

  @Test
  void theEpochDecidesBeforeTheSequence() {
    List<DocumentVersion> inOrder =
        List.of(
            new DocumentVersion(0, 0),
            new DocumentVersion(0, Long.MAX_VALUE),
            new DocumentVersion(1, 0),
            new DocumentVersion(1, 1),
            new DocumentVersion(Long.MAX_VALUE, 0));
    List<DocumentVersion> shuffled = new ArrayList<>(inOrder);
    Collections.shuffle(shuffled, new Random(7));
    assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(inOrder);
  }

  @Test
  void oneIsNeitherNewerNorOlderThanItself() {
    DocumentVersion version = new DocumentVersion(3, 4);
    assertThat(version.isNewerThan(version)).isFalse();
    assertThat(version.isOlderThan(version)).isFalse();
    assertThat(version.isNewerThan(new DocumentVersion(3, 3))).isTrue();
    assertThat(version.isOlderThan(new DocumentVersion(4, 0))).isTrue();
    assertThat(version).hasToString("3:4");
  }
}
