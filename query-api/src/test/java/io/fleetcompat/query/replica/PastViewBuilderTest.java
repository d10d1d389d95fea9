package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.PoolHealthSample;
import io.fleetcompat.query.replica.IndexDecoder.Decoded;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.ChangeKey.Kind;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.OverrideRecord;
import io.fleetcompat.schemas.avro.OverrideScopeKind;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A past view is the view that there was, whatever has changed since, and whatever judges now. */
class PastViewBuilderTest {

  private static final int HOSTS = 8;
  private static final int PROFILES = 14;
  private static final int CHANGES = 120;
  private static final Topics TOPICS = new Topics("", 4, (short) 1);

  private final IndexedFleet fleet = new IndexedFleet(7, 3, PROFILES, 3);
  private final IndexedFleet mutual = new IndexedFleet(7, 3, PROFILES, 3, Set.of(Policy.MUTUAL));
  private final DescribedView words = new DescribedView(fleet, PROFILES);

  /** A record of an index topic, and what its key had before. */
  private record Step(ChangeKey subject, Optional<byte[]> before) {}

  /** The index topics' newest records, and the view that follows from them. */
  private static final class Index {
    final ViewEdit edit = new ViewEdit(IndexView.empty());
    final Map<ChangeKey, byte[]> newest = new HashMap<>();
    final Map<String, FollowedTopic<?, ?>> followed = new HashMap<>();

    Index() {
      FollowedTopic.all(TOPICS).forEach(each -> followed.put(each.topic().name(), each));
    }

    /** Takes a record; empty where it is as it was. */
    Optional<Step> write(Kind kind, String name, byte @Nullable [] value) {
      ChangeKey subject = new ChangeKey(kind, name);
      byte[] before = newest.get(subject);
      replay(kind, name, value);
      if (Arrays.equals(before, value)) {
        return Optional.empty();
      }
      if (value == null) {
        newest.remove(subject);
      } else {
        newest.put(subject, value);
      }
      return Optional.of(new Step(subject, Optional.ofNullable(before)));
    }

    void replay(Kind kind, String name, byte @Nullable [] value) {
      FollowedTopic<?, ?> topic = Objects.requireNonNull(followed.get(topic(kind).name()));
      Decoded decoded =
          topic.decode(
              new ConsumerRecord<>(
                  topic.topic().name(), 0, 0, name.getBytes(StandardCharsets.UTF_8), value));
      edit.replay(decoded.change());
    }
  }

  private static Topic<?, ?> topic(Kind kind) {
    return switch (kind) {
      case HISTORY -> TOPICS.changes();
      case HOST -> TOPICS.placements();
      case CAPACITY -> TOPICS.hostCapacity();
      case PROFILE -> TOPICS.profiles();
      case RULES -> TOPICS.matrix();
      case PROBE -> TOPICS.probeVerdicts();
      case OVERRIDE -> TOPICS.overrides();
      case POOL -> TOPICS.poolHealth();
    };
  }

  private Index begun() {
    Index index = new Index();
    for (int n = 0; n < PROFILES; n++) {
      index.write(Kind.PROFILE, id(n), Codecs.PROFILE.encode(fleet.profileRecord(n)));
    }
    List.of(mutual, fleet)
        .forEach(set -> set.matrix().forEach((k, v) -> index.write(Kind.RULES, k.toString(), v)));
    return index;
  }

  private String id(int profile) {
    return fleet.profiles().get(profile).fingerprint().toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyPastIsAsItWas(long seed) {
    Random random = new Random(seed);
    Index index = begun();
    List<Step> steps = new ArrayList<>();
    List<List<String>> moments = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      moments.add(words.describe(index.edit.commit()));
      change(index, random).ifPresent(steps::add);
      while (moments.size() > steps.size()) {
        moments.removeLast();
      }
    }
    IndexView now = index.edit.commit();
    for (int moment = 0; moment < moments.size(); moment++) {
      assertThat(words.describe(past(now, steps.subList(moment, steps.size()))))
          .as("seed %d, before %s", seed, steps.get(moment))
          .isEqualTo(moments.get(moment));
    }
    assertThat(words.describe(now))
        .as("now is untouched")
        .isEqualTo(words.describe(index.edit.commit()));
  }

  private static IndexView past(IndexView now, List<Step> since) {
    PastViewBuilder builder = new PastViewBuilder(now, Instant.EPOCH, TOPICS);
    Set<ChangeKey> done = new HashSet<>();
    for (Step step : since) {
      if (done.add(step.subject())) {
        builder.putBack(step.subject(), step.before(), false);
      }
    }
    return builder.build();
  }

  private Optional<Step> change(Index index, Random random) {
    int n = random.nextInt(HOSTS);
    String host = IndexedFleet.host(n);
    long version = random.nextInt(4);
    return switch (random.nextInt(12)) {
      case 0 -> index.write(Kind.HOST, host, null);
      case 1 -> index.write(Kind.CAPACITY, host, null);
      case 2 ->
          index.write(
              Kind.CAPACITY,
              host,
              Codecs.HOST_CAPACITY.encode(fleet.capacity(n, version, Instant.EPOCH)));
      case 3 -> {
        IndexedFleet set = random.nextBoolean() ? fleet : mutual;
        yield index.write(Kind.RULES, "in-force", Codecs.RULES_IN_FORCE.encode(set.inForce()));
      }
      case 4 -> index.write(Kind.OVERRIDE, "o" + n, random.nextBoolean() ? null : override());
      case 5 ->
          index.write(
              Kind.POOL,
              "pool-" + n,
              random.nextInt(3) == 0
                  ? null
                  : Codecs.POOL_HEALTH.encode(
                      PoolHealthSample.of("pool-" + n, Fingerprint.parse(id(n)), n, 1 + n % 2)));
      default -> index.write(Kind.HOST, host, Codecs.PLACEMENT.encode(fleet.placement(n, version)));
    };
  }

  private static byte[] override() {
    return override(Instant.EPOCH);
  }

  private static byte[] override(Instant created) {
    return Codecs.OVERRIDE.encode(
        new OverrideRecord(
            "software-version",
            OverrideScopeKind.DRIVER,
            "a",
            "b",
            "an.operator",
            "tried",
            created,
            null,
            null));
  }

  @Test
  void rulesThatWereRemovedSinceJudgeThePast() {
    Index index = begun();
    index.write(Kind.RULES, "in-force", Codecs.RULES_IN_FORCE.encode(mutual.inForce()));
    List<String> then = words.describe(index.edit.commit());
    List<Step> steps = new ArrayList<>();
    index
        .write(Kind.RULES, "in-force", Codecs.RULES_IN_FORCE.encode(fleet.inForce()))
        .ifPresent(steps::add);
    mutual.matrix().keySet().stream()
        .filter(key -> !(key instanceof MatrixKey.InForce))
        .forEach(
            key ->
                index
                    .write(Kind.RULES, key.toString(), null)
                    .filter(_ -> key instanceof MatrixKey.Rules) // rows are in no history
                    .ifPresent(steps::add));
    assertThat(words.describe(index.edit.commit())).isNotEqualTo(then);
    assertThat(words.describe(past(index.edit.commit(), steps))).isEqualTo(then);
    assertThat(past(index.edit.commit(), steps.subList(0, 1)).ruleSet())
        .as("nobody has the rules")
        .contains(mutual.judge().ruleSet().toString());
    MatrixImage unjudged = past(index.edit.commit(), steps.subList(0, 1)).matrix();
    assertThat(unjudged.cell(0, 0)).isEqualTo(MatrixImage.Cell.NOT_INDEXED);
  }

  @Test
  void aProfileThatWasWithdrawnSinceIsThere() {
    Index index = begun();
    index.write(Kind.HOST, IndexedFleet.host(0), Codecs.PLACEMENT.encode(fleet.placement(0, 1)));
    List<String> then = words.describe(index.edit.commit());
    List<Step> steps = new ArrayList<>();
    index.write(Kind.HOST, IndexedFleet.host(0), null).ifPresent(steps::add);
    for (int n = 0; n < PROFILES; n++) {
      index.write(Kind.PROFILE, id(n), null).ifPresent(steps::add);
      index.write(Kind.RULES, fleet.rowKey(n).toString(), null);
    }
    assertThat(index.edit.commit().matrix().profileCount()).isZero();
    assertThat(words.describe(past(index.edit.commit(), steps))).isEqualTo(then);
  }

  @Test
  void whatNobodyHasKeptOrCanReadIsNotThere() {
    Index index = begun();
    String host = IndexedFleet.host(0);
    index.write(Kind.HOST, host, Codecs.PLACEMENT.encode(fleet.placement(0, 1)));
    PastViewBuilder omitted = new PastViewBuilder(index.edit.commit(), Instant.EPOCH, TOPICS);
    omitted.putBack(new ChangeKey(Kind.HOST, host), Optional.empty(), true);
    assertThat(omitted.build().fleet().find(host)).isNull();
    PastViewBuilder unreadable = new PastViewBuilder(index.edit.commit(), Instant.EPOCH, TOPICS);
    unreadable.putBack(new ChangeKey(Kind.HOST, host), Optional.of(new byte[] {1, 2}), false);
    assertThat(unreadable.build().fleet().find(host)).isNull();
    PastViewBuilder marker = new PastViewBuilder(index.edit.commit(), Instant.EPOCH, TOPICS);
    marker.putBack(new ChangeKey(Kind.HISTORY, "0"), Optional.empty(), false);
    assertThat(marker.build().fleet().find(host)).isNotNull();
  }

  @Test
  void anOverrideThatWasMadeLaterIsNotThereUnlessItIsPutBack() {
    Instant time = Instant.EPOCH.plusSeconds(60);
    Index index = begun();
    index.write(Kind.OVERRIDE, "old", override(time));
    index.write(Kind.OVERRIDE, "new", override(time.plusMillis(1)));
    index.write(Kind.OVERRIDE, "rewritten", override(time.plusMillis(1)));
    PastViewBuilder builder = new PastViewBuilder(index.edit.commit(), time, TOPICS);
    builder.putBack(
        new ChangeKey(Kind.OVERRIDE, "rewritten"), Optional.of(override(Instant.EPOCH)), false);
    assertThat(builder.build().overrides().all()).containsOnlyKeys("old", "rewritten");
  }
}
