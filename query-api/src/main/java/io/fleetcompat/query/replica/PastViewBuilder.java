package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.IndexChange.OverrideRemoved;
import io.fleetcompat.query.replica.IndexChange.RulesChanged;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.query.replica.IndexChange.RulesWritten;
import io.fleetcompat.query.replica.IndexDecoder.Decoded;
import io.fleetcompat.records.JudgedRules;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A view of the past being made from the view of now: whatever has changed since is put back to
 * what it was before its first change. The rows of rule sets are in no history, since what they say
 * follows from the rules: pairs of a past view are judged when they are asked for.
 *
 * <p>What was before is believed as little as a record of the index, and a value that nobody has
 * kept has no value. One use, one thread; any number of builders at once, beside the follower.
 */
public final class PastViewBuilder {

  private final IndexView now;
  private final ViewEdit edit;
  private final Map<ChangeKey.Kind, FollowedTopic<?, ?>> topics =
      new EnumMap<>(ChangeKey.Kind.class);
  private final Map<RuleSetId, JudgedRules> rules = new HashMap<>();
  private Optional<String> inForce;

  /**
   * @param time of the view. An override that was made later is not in it unless it is put back:
   *     operators write overrides themselves, so that the indexer may not have told of it yet.
   */
  public PastViewBuilder(IndexView now, Instant time, Topics catalogue) {
    this.now = now;
    this.edit = new ViewEdit(now);
    now.overrides().all().values().stream()
        .filter(override -> override.created().isAfter(time))
        .forEach(override -> edit.replay(new OverrideRemoved(override.id())));
    this.inForce = now.ruleSets().inForce();
    Map<String, FollowedTopic<?, ?>> followed = new HashMap<>();
    FollowedTopic.all(catalogue).forEach(each -> followed.put(each.topic().name(), each));
    for (ChangeKey.Kind kind : ChangeKey.Kind.values()) {
      topic(kind, catalogue)
          .map(topic -> followed.get(topic.name()))
          .ifPresent(each -> topics.put(kind, each));
    }
  }

  private static Optional<Topic<?, ?>> topic(ChangeKey.Kind kind, Topics catalogue) {
    return switch (kind) {
      case HISTORY -> Optional.empty();
      case HOST -> Optional.of(catalogue.placements());
      case CAPACITY -> Optional.of(catalogue.hostCapacity());
      case PROFILE -> Optional.of(catalogue.profiles());
      case RULES -> Optional.of(catalogue.matrix());
      case PROBE -> Optional.of(catalogue.probeVerdicts());
      case OVERRIDE -> Optional.of(catalogue.overrides());
      case POOL -> Optional.of(catalogue.poolHealth());
    };
  }

  /**
   * Puts a subject back.
   *
   * @param before the value that it had in its topic; empty where it had none
   * @param omitted whether it had one that nobody has kept: it then has none that can be used
   */
  public void putBack(ChangeKey subject, Optional<byte[]> before, boolean omitted) {
    FollowedTopic<?, ?> topic = topics.get(subject.kind());
    if (topic == null) {
      return;
    }
    Decoded decoded = decoded(topic, subject.name(), before.orElse(null));
    IndexChange change = omitted ? decoded.removal() : decoded.change();
    switch (change) {
      case RulesWritten(RuleSetId id, JudgedRules content) -> rules.put(id, content);
      case RulesChanged(String ruleSet) -> inForce = Optional.of(ruleSet);
      case RulesGone _ -> inForce = Optional.empty();
      default -> edit.replay(change);
    }
  }

  private static Decoded decoded(FollowedTopic<?, ?> topic, String key, byte @Nullable [] value) {
    return topic.decode(
        new ConsumerRecord<>(
            topic.topic().name(), 0, 0, key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** The view after all that was put back. */
  public IndexView build() {
    IndexView view = edit.commit();
    RuleSetImages inForceThen = new RuleSetImages(inForce, new TreeMap<>(), Optional.empty());
    return new IndexView(
        view.matrix().judgedBy(judgement().orElseGet(inForceThen::judgement)),
        view.fleet(),
        inForceThen,
        view.overrides(),
        view.probes(),
        view.health());
  }

  /** By the rules that were in force; empty where nobody has them any more. */
  private Optional<Judgement> judgement() {
    return inForce.map(RuleSetId::of).flatMap(this::find).map(Judgement::withoutRows);
  }

  private Optional<JudgedRules> find(RuleSetId id) {
    return Optional.ofNullable(rules.get(id))
        .or(() -> Optional.ofNullable(now.ruleSets().sets().get(id)).flatMap(RuleSetImage::rules));
  }
}
