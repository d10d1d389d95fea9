package io.fleetcompat.indexer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.RulesRefused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.junit.jupiter.api.Test;

class RefusalRecordTest {

  private static final RuleSet RULES = RuleSet.of(Set.of());
  private static final Instant THEN = Instant.parse("2026-11-26T00:00:00Z");

  private final MockProcessorContext<byte[], byte[]> context = JudgeContext.empty();

  private RefusalRecord record(WantedRules wanted) {
    return new RefusalRecord(wanted, JudgeContext.stores(context), new JudgeSinks(context));
  }

  /** The records since this was last called; empty for a tombstone. */
  private List<Optional<RulesRefused>> written() throws BadRecordException {
    List<Optional<RulesRefused>> written = new ArrayList<>();
    for (CapturedForward<? extends byte[], ? extends byte[]> forward : context.forwarded()) {
      assertThat(RecordKeys.MATRIX.decode(forward.record().key()))
          .isEqualTo(new MatrixKey.Refused());
      byte[] value = forward.record().value();
      written.add(
          value == null ? Optional.empty() : Optional.of(Codecs.RULES_REFUSED.decode(value)));
    }
    context.resetForwards();
    return written;
  }

  @Test
  void itIsWrittenOnceAndRemovedOnce() throws BadRecordException {
    WantedRules wanted = new WantedRules(RULES);
    RefusalRecord record = record(wanted);
    record.write();
    assertThat(written()).isEmpty();
    wanted.refuse("own.yaml:2: expected a number", THEN);
    record.write();
    record.write();
    assertThat(written())
        .containsExactly(
            Optional.of(new RulesRefused(RULES.toString(), "own.yaml:2: expected a number", THEN)));
    wanted.accept(RULES);
    record.write();
    record.write();
    assertThat(written()).containsExactly(Optional.empty());
  }

  @Test
  void anIndexerWhoseRulesAreGoodRemovesWhatAnotherHasLeft() throws BadRecordException {
    WantedRules bad = new WantedRules(RULES);
    bad.refuse("own.yaml:2: expected a number", THEN);
    record(bad).write();
    assertThat(written()).hasSize(1);
    record(bad).write();
    assertThat(written()).as("the same, after a restart").isEmpty();
    record(new WantedRules(RULES)).write();
    assertThat(written()).containsExactly(Optional.empty());
    record(new WantedRules(RULES)).write();
    assertThat(written()).isEmpty();
  }

  @Test
  void aReasonThatIsTooLongIsCut() throws BadRecordException {
    WantedRules wanted = new WantedRules(RULES);
    wanted.refuse("x".repeat(Limits.REFUSAL + 1), THEN);
    record(wanted).write();
    assertThat(written().getFirst().orElseThrow().getReason()).hasSize(Limits.REFUSAL);
  }
}
