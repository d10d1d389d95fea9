package io.fleetcompat.indexer.judge;

import io.fleetcompat.indexer.judge.WantedRules.Refusal;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.avro.RulesRefused;
import java.util.Optional;

/**
 * The record that tells whoever asks how the index stands that rules are refused, and why. It is
 * there as long as they are. One stream thread.
 */
final class RefusalRecord {

  private final WantedRules wanted;
  private final JudgeStores stores;
  private final JudgeSinks sinks;
  private Optional<RulesRefused> written;

  RefusalRecord(WantedRules wanted, JudgeStores stores, JudgeSinks sinks) {
    this.wanted = wanted;
    this.stores = stores;
    this.sinks = sinks;
    this.written = stores.refused();
  }

  /** Writes what is so now, unless it is written. */
  void write() {
    WantedRules.State now = wanted.now();
    Optional<RulesRefused> next = now.refused().map(refusal -> record(now, refusal));
    if (!next.equals(written)) {
      sinks.matrix(new MatrixKey.Refused(), next.map(stores::putRefused).orElse(null));
      if (next.isEmpty()) {
        stores.removeRefused();
      }
      written = next;
    }
  }

  private static RulesRefused record(WantedRules.State now, Refusal refusal) {
    String reason = refusal.reason();
    return new RulesRefused(
        now.rules().toString(),
        reason.length() <= Limits.REFUSAL ? reason : reason.substring(0, Limits.REFUSAL),
        refusal.since());
  }
}
