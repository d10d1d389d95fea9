package io.fleetcompat.query.outcome;

import io.fleetcompat.schemas.avro.MigrationOutcome;
import io.fleetcompat.schemas.avro.OutcomePrediction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest outcomes, in the order in which Kafka took them; one that is reported again counts as
 * the newest of its id. One thread at a time.
 */
final class KeptOutcomes {

  /** Different lists of rules that are shared; beyond, sharing begins anew. */
  private static final int SHARED_LISTS = 10_000;

  private final OutcomeBounds bounds;
  private final LinkedHashMap<String, KeptOutcome> byId = new LinkedHashMap<>();
  private final Map<List<String>, List<String>> lists = new HashMap<>();
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
    remove(id);
    KeptOutcome kept = new KeptOutcome(id, recorded, lighter(outcome));
    byId.put(id, kept);
    bytes += kept.bytes();
    while (bytes > bounds.bytes() || byId.size() > bounds.outcomes()) {
      KeptOutcome eldest = byId.pollFirstEntry().getValue();
      bytes -= eldest.bytes();
      droppedUntil = Math.max(droppedUntil, eldest.recorded());
    }
  }

  /** The same without the contents of profiles, which are kept apart, once for each profile. */
  private MigrationOutcome lighter(MigrationOutcome outcome) {
    OutcomePrediction prediction = outcome.getPrediction();
    if (prediction == null) {
      return outcome;
    }
    keep(prediction.getSourceProfile(), prediction.getSourceContent());
    keep(prediction.getDestinationProfile(), prediction.getDestinationContent());
    return new MigrationOutcome(
        outcome.getSource(),
        outcome.getDestination(),
        outcome.getResult(),
        outcome.getOtherCause(),
        outcome.getMessage(),
        outcome.getReporter(),
        outcome.getBegan(),
        outcome.getUnpredicted(),
        new OutcomePrediction(
            prediction.getVerdict(),
            prediction.getRuleSet(),
            prediction.getSourceProfile(),
            prediction.getDestinationProfile(),
            shared(prediction.getForbidding()),
            shared(prediction.getUndecided()),
            shared(prediction.getSatisfied()),
            shared(prediction.getOverridden()),
            shared(prediction.getOverrides()),
            null,
            null));
  }

  /** Takes one back. */
  void remove(String id) {
    KeptOutcome before = byId.remove(id);
    bytes -= before == null ? 0 : before.bytes();
  }

  private void keep(@Nullable String profile, @Nullable ByteBuffer content) {
    if (profile != null && content != null) {
      contents.put(profile, OutcomeRecords.text(content));
    }
  }

  private List<String> shared(List<String> list) {
    if (lists.size() >= SHARED_LISTS) {
      lists.clear();
    }
    return lists.computeIfAbsent(List.copyOf(list), same -> same);
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
