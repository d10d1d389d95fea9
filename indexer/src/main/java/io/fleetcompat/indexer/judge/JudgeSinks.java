package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.MatrixKey;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The way of profiles, rows and generations into their topics. One stream thread. */
record JudgeSinks(ProcessorContext<byte[], byte[]> context) {

  /** The key of the generation among the rows, whose keys are fingerprints. */
  private static final String GENERATION_KEY = new MatrixKey.Generation().toString();

  /** A profile; null for a tombstone. */
  void profile(Fingerprint fingerprint, byte @Nullable [] profile) {
    send(JudgeNodes.PROFILES, fingerprint.toString(), profile);
  }

  /** A row; null for a tombstone. */
  void row(Fingerprint source, byte @Nullable [] row) {
    send(JudgeNodes.MATRIX, source.toString(), row);
  }

  void generation(byte[] generation) {
    send(JudgeNodes.MATRIX, GENERATION_KEY, generation);
  }

  private void send(String node, String key, byte @Nullable [] value) {
    long now = context.currentSystemTimeMs();
    context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now), node);
  }
}
