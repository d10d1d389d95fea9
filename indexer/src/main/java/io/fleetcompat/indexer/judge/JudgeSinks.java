package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.sink.TopicSink;
import io.fleetcompat.indexer.told.SentKeys;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.RuleSetId;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** The way of profiles, and of all that is in the matrix, into their topics. One stream thread. */
final class JudgeSinks {

  private final ProcessorContext<byte[], byte[]> context;
  private final TopicSink<String> profiles;
  private final TopicSink<MatrixKey> matrix;
  private final RuleChanges changes;

  private final SentKeys sentProfiles = new SentKeys();
  private final SentKeys sentMatrix = new SentKeys();

  JudgeSinks(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.profiles =
        new TopicSink<>(
            context, JudgeNodes.PROFILES, RecordKeys.PROFILE, Optional.of(sentProfiles));
    this.matrix =
        new TopicSink<>(context, JudgeNodes.MATRIX, RecordKeys.MATRIX, Optional.of(sentMatrix));
    this.changes = new RuleChanges(context);
  }

  /** A profile; null for a tombstone. */
  void profile(Fingerprint fingerprint, byte @Nullable [] profile) {
    profiles.send(fingerprint.toString(), profile, now());
  }

  /** Sends what is known of a rule set; null for a tombstone. */
  void matrix(MatrixKey key, byte @Nullable [] value) {
    matrix.send(key, value, now());
  }

  /** A row; null for a tombstone. */
  void row(RuleSetId rules, Fingerprint profile, byte @Nullable [] row) {
    matrix(new MatrixKey.Row(rules, profile.toString()), row);
  }

  /** The keys that were sent to the topic of profiles lately. */
  SentKeys sentProfiles() {
    return sentProfiles;
  }

  /** The keys that were sent to the matrix lately. */
  SentKeys sentMatrix() {
    return sentMatrix;
  }

  /** The way of changes. */
  RuleChanges changes() {
    return changes;
  }

  private long now() {
    return context.currentSystemTimeMs();
  }
}
