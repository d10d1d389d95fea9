package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Where profiles, rows and generations go. One stream thread. */
record Output(ProcessorContext<byte[], byte[]> context, JudgeNodes nodes) {

  /** The key of the generation among the rows, whose keys are fingerprints. */
  private static final String GENERATION_KEY = "generation";

  /** A profile; null for a tombstone. */
  void profile(Fingerprint fingerprint, byte @Nullable [] profile) {
    send(nodes.profiles(), fingerprint.toString(), profile);
  }

  /** A row; null for a tombstone. */
  void row(Fingerprint source, byte @Nullable [] row) {
    send(nodes.matrix(), source.toString(), row);
  }

  void generation(byte[] generation) {
    send(nodes.matrix(), GENERATION_KEY, generation);
  }

  private void send(String node, String key, byte @Nullable [] value) {
    long now = context.currentSystemTimeMs();
    context.forward(new Record<>(key.getBytes(StandardCharsets.UTF_8), value, now), node);
  }
}
