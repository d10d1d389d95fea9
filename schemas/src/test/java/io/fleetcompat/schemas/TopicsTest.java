package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fleetcompat.schemas.avro.MatrixGeneration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue. */
class TopicsTest {

  private static final RuleSetId RULES = RuleSetId.of("1");

  @Test
  void withThreeReplicasTwoMustHaveWhatIsAcknowledged() {
    assertThat(new Topics("", 4, (short) 3).all())
        .allSatisfy(
            topic -> assertThat(topic.settings()).containsEntry("min.insync.replicas", "2"));
  }

  @Test
  void withFewerReplicasOneBrokerMayBeAway() {
    assertThat(new Topics("", 4, (short) 2).all())
        .allSatisfy(topic -> assertThat(topic.settings()).doesNotContainKey("min.insync.replicas"));
  }

  @Test
  void everyEntryOfTheCatalogueIsListed() {
    Set<String> entries =
        Arrays.stream(Topics.class.getMethods())
            .filter(method -> method.getReturnType().equals(Topic.class))
            .map(method -> method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    assertThat(new Topics("", 4, (short) 1).all())
        .extracting(Topic::name)
        .containsExactlyInAnyOrderElementsOf(entries);
  }

  @Test
  void aTombstoneHasNoValueAndARowIsNoGeneration() throws BadRecordException {
    Topics topics = new Topics("", 4, (short) 1);
    byte[] generation = Codecs.MATRIX_GENERATION.encode(new MatrixGeneration(1, "1", List.of()));
    assertThat(topics.placements().decode("h", null)).isEmpty();
    assertThat(topics.matrix().decode(new MatrixKey.Generation(RULES), generation)).isPresent();
    assertThatExceptionOfType(BadRecordException.class)
        .isThrownBy(
            () -> topics.matrix().decode(new MatrixKey.Row(RULES, "0".repeat(32)), generation));
  }

  @Test
  void everyTopicIsNamedOnceAndTakesTheLargestRecord() {
    Topics topics = new Topics("a-", 4, (short) 1);
    assertThat(topics.all()).extracting(Topic::name).isSorted().doesNotHaveDuplicates();
    assertThat(topics.all())
        .allSatisfy(
            topic ->
                assertThat(topic.settings())
                    .containsEntry("max.message.bytes", String.valueOf(Limits.RECORD_BYTES)));
  }
}
