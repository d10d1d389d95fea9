package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.replica.IndexChange.CapacityUnknown;
import io.fleetcompat.query.replica.IndexChange.HostRemoved;
import io.fleetcompat.query.replica.IndexChange.HostUnplaced;
import io.fleetcompat.query.replica.IndexChange.Nothing;
import io.fleetcompat.query.replica.IndexChange.ProfileGone;
import io.fleetcompat.query.replica.IndexChange.RefusalUnreadable;
import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.query.replica.IndexChange.RowGone;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.query.replica.IndexChange.RulesTaken;
import io.fleetcompat.query.replica.IndexChange.RulesUnjudged;
import io.fleetcompat.query.replica.IndexChange.RulesUnwritten;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IndexDecoderTest {

  private static final Topics TOPICS = new Topics("", 1, (short) 1);
  private static final String HEX = "0123456789abcdef0123456789abcdef";
  private static final Fingerprint ID = Fingerprint.parse(HEX);

  private static final RuleSetId RULES = RuleSetId.of("1[another]");

  private final IndexDecoder decoder = new IndexDecoder(FollowedTopic.all(TOPICS));

  @Test
  void aTombstoneEndsWhatItsKeyHad() {
    assertThat(change(TOPICS.placements(), "h", null)).isEqualTo(new HostUnplaced("h"));
    assertThat(change(TOPICS.hostCapacity(), "h", null)).isInstanceOf(HostRemoved.class);
    assertThat(change(TOPICS.profiles(), HEX, null)).isEqualTo(new ProfileGone(ID));
    assertThat(change(TOPICS.matrix(), RULES + "/" + HEX, null)).isEqualTo(new RowGone(RULES, ID));
    assertThat(change(TOPICS.matrix(), RULES + "/rules", null))
        .isEqualTo(new RulesUnwritten(RULES));
    assertThat(change(TOPICS.matrix(), RULES + "/generation", null))
        .isEqualTo(new RulesUnjudged(RULES));
    assertThat(change(TOPICS.matrix(), "in-force", null)).isEqualTo(new RulesGone());
    assertThat(change(TOPICS.matrix(), "refused", null)).isEqualTo(new RulesTaken());
  }

  @Test
  void soDoesAValueThatCannotBeUsed() {
    byte[] nonsense = {1, 2, 3};
    rejects(TOPICS.placements(), "h", nonsense, new HostUnplaced("h"));
    rejects(TOPICS.hostCapacity(), "h", nonsense, new CapacityUnknown("h"));
    rejects(TOPICS.profiles(), HEX, nonsense, new ProfileGone(ID));
    rejects(TOPICS.matrix(), RULES + "/" + HEX, nonsense, new RowGone(RULES, ID));
    rejects(TOPICS.matrix(), RULES + "/rules", nonsense, new RulesUnwritten(RULES));
    rejects(TOPICS.matrix(), RULES + "/generation", nonsense, new RulesUnjudged(RULES));
    rejects(TOPICS.matrix(), "in-force", nonsense, new RulesGone());
    rejects(TOPICS.matrix(), "refused", nonsense, new RefusalUnreadable());
  }

  @Test
  void soDoesARecordOfAnotherRuleSetThanItsKeySays() {
    IndexedFleet fleet = new IndexedFleet(1, 1, 1, 0);
    rejects(
        TOPICS.matrix(),
        RULES + "/rules",
        Codecs.RULE_SET.encode(fleet.rulesRecord()),
        new RulesUnwritten(RULES));
    rejects(
        TOPICS.matrix(),
        RULES + "/generation",
        Codecs.MATRIX_GENERATION.encode(fleet.generation(1)),
        new RulesUnjudged(RULES));
  }

  @Test
  void whatIsThereFromBeforeRuleSetsHadRowsChangesNothing() {
    IndexedFleet fleet = new IndexedFleet(1, 1, 1, 0);
    byte[] row = Codecs.MATRIX_ROW.encode(fleet.row(0));
    byte[] generation = Codecs.MATRIX_GENERATION.encode(fleet.generation(1));
    assertThat(change(TOPICS.matrix(), HEX, row)).isEqualTo(new Nothing());
    assertThat(change(TOPICS.matrix(), HEX, null)).isEqualTo(new Nothing());
    assertThat(change(TOPICS.matrix(), "generation", generation)).isEqualTo(new Nothing());
  }

  @Test
  void aKeyThatIsNoneOfItsTopicEndsNothing() {
    for (Topic<?, ?> topic :
        List.of(TOPICS.placements(), TOPICS.hostCapacity(), TOPICS.profiles(), TOPICS.matrix())) {
      rejects(topic, "a/b", null, new Nothing());
    }
    rejects(TOPICS.profiles(), HEX.toUpperCase(Locale.ROOT), null, new Nothing());
  }

  @Test
  void bytesThatAreNotUtf8AreNotTheNameOfAnotherHost() {
    byte[] key = {'a', (byte) 0xff};
    assertThat(change(TOPICS.placements(), key, null)).isInstanceOf(Rejected.class);
    assertThat(change(TOPICS.hostCapacity(), key, null)).isInstanceOf(Rejected.class);
  }

  @Test
  void aCandidateHasRoomForEveryEndpointThatAPlacementMayHave() {
    assertThat(CandidateKey.MAX_ENDPOINTS).isGreaterThanOrEqualTo(Limits.ENDPOINTS);
  }

  private void rejects(Topic<?, ?> topic, String key, byte @Nullable [] value, Removal ends) {
    assertThat(change(topic, key, value))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.instead()).isEqualTo(ends));
  }

  private IndexChange change(Topic<?, ?> topic, String key, byte @Nullable [] value) {
    return change(topic, key.getBytes(StandardCharsets.UTF_8), value);
  }

  private IndexChange change(Topic<?, ?> topic, byte[] key, byte @Nullable [] value) {
    ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(topic.name(), 0, 0, key, value);
    return decoder
        .decode(
            new ConsumerRecords<>(
                Map.of(new TopicPartition(topic.name(), 0), List.of(record)), Map.of()))
        .getFirst()
        .change();
  }
}
