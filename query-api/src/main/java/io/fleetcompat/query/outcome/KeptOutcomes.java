package io.fleetcompat.query.outcome;

import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import io.fleetcompat.schemas.avro.PredictionBasis;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest outcomes, in the order in which Kafka took them; one that is reported again counts as
 * the newest of its id. One thread at a time.
 */
final class KeptOutcomes {

  private final OutcomeBounds bounds;
  private final LinkedHashMap<String, KeptOutcome> byId = new LinkedHashMap<>();
  private final SharedLists lists = new SharedLists();
  private final ProfileContents contents;
  private long bytes;
  private long droppedUntil;

  KeptOutcomes(OutcomeBounds bounds) {
    this.bounds = bounds;
    this.contents = new ProfileContents(bounds.contentCharacters());
  }

  /**
   * Takes an outcome.
   *
   * @param recorded when Kafka took it, milliseconds since 1970
   */
  void take(String id, long recorded, MigrationOutcome outcome) {
    Optional<KeptOutcome> before = find(id);
    MigrationOutcome told = before.map(old -> again(old.outcome(), outcome)).orElse(outcome);
    KeptOutcome kept = new KeptOutcome(id, recorded, lighter(told));
    remove(id);
    byId.put(id, kept);
    bytes += kept.bytes();
    while (bytes + lists.bytes() > bounds.bytes() || byId.size() > bounds.outcomes()) {
      KeptOutcome eldest = byId.firstEntry().getValue();
      remove(eldest.id());
      droppedUntil = Math.max(droppedUntil, eldest.recorded());
    }
  }

  /**
   * An outcome that is told again. What was answered when it was first told stays, unless the later
   * prediction is of the time when the migration began: the device has moved meanwhile.
   */
  private static MigrationOutcome again(MigrationOutcome before, MigrationOutcome now) {
    OutcomePrediction old = before.getPrediction();
    OutcomePrediction later = now.getPrediction();
    boolean isSamePair =
        before.getSource().equals(now.getSource())
            && before.getDestination().equals(now.getDestination());
    boolean isBetter = later != null && later.getBasis() == PredictionBasis.INDEX_OF_THEN;
    return old == null || isBetter || !isSamePair
        ? now
        : with(now, before.getBegan(), Optional.of(old));
  }

  /** The same without the contents of profiles, which are kept apart, once for each profile. */
  private MigrationOutcome lighter(MigrationOutcome outcome) {
    OutcomePrediction prediction = outcome.getPrediction();
    if (prediction == null) {
      return outcome;
    }
    keep(prediction.getSourceProfile(), prediction.getSourceContent());
    keep(prediction.getDestinationProfile(), prediction.getDestinationContent());
    OutcomePrediction light =
        new OutcomePrediction(
            prediction.getVerdict(),
            prediction.getBasis(),
            prediction.getRuleSet(),
            prediction.getSourceProfile(),
            prediction.getDestinationProfile(),
            lists.take(prediction.getForbidding()),
            lists.take(prediction.getUndecided()),
            lists.take(prediction.getSatisfied()),
            lists.take(prediction.getForbiddingPacks()),
            lists.take(prediction.getAskedPacks()),
            lists.take(prediction.getOverridden()),
            lists.take(prediction.getOverrides()),
            null,
            null);
    return with(outcome, outcome.getBegan(), Optional.of(light));
  }

  private static MigrationOutcome with(
      MigrationOutcome outcome, Instant began, Optional<OutcomePrediction> prediction) {
    return new MigrationOutcome(
        outcome.getSource(),
        outcome.getDestination(),
        outcome.getResult(),
        outcome.getOtherCause(),
        outcome.getMessage(),
        outcome.getReporter(),
        began,
        prediction.isPresent() ? null : outcome.getUnpredicted(),
        prediction.orElse(null));
  }

  /** Takes one back. */
  void remove(String id) {
    KeptOutcome before = byId.remove(id);
    if (before != null) {
      bytes -= before.bytes();
      KeptOutcome.lists(before.outcome()).forEach(lists::release);
    }
  }

  private void keep(@Nullable String profile, @Nullable ByteBuffer content) {
    if (profile != null && content != null) {
      OutcomeRecords.canonical(content).ifPresent(text -> contents.put(profile, text));
    }
  }

  /**
   * Those that were recorded at a time or later, the oldest first.
   *
   * @param since milliseconds since 1970
   */
  List<KeptOutcome> since(long since) {
    List<KeptOutcome> found = new ArrayList<>();
    for (KeptOutcome each : byId.values()) {
      if (each.recorded() >= since) {
        found.add(each);
      }
    }
    return found;
  }

  /** The time, in milliseconds since 1970, after which none was dropped for want of room. */
  long completeAfter() {
    return droppedUntil;
  }

  Optional<KeptOutcome> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<String> content(String profile) {
    return contents.find(profile);
  }

  int size() {
    return byId.size();
  }

  void clear() {
    byId.clear();
    lists.clear();
    contents.clear();
    bytes = 0;
    droppedUntil = 0;
  }
}
