package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.change.ChangeSink;
import io.fleetcompat.indexer.change.NewChange;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.ChangeCause;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The changes of rules and profiles on their way into the topic of changes. Of rows and generations
 * there are none: they follow from rules and profiles. One stream thread.
 */
final class RuleChanges {

  private static final String RULE_SET = "rule set";

  private final ProcessorContext<byte[], byte[]> context;
  private final ChangeSink sink;

  RuleChanges(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    this.sink = new ChangeSink(context, JudgeNodes.CHANGES);
  }

  /**
   * Another rule set comes into force.
   *
   * @param before the record that said which was, encoded
   */
  void inForce(Optional<byte[]> before, Optional<String> from, String to) {
    send(
        ChangeKey.Kind.RULES,
        new MatrixKey.InForce().toString(),
        NewChange.of(ChangeCause.RULES_CHANGED).value(RULE_SET, from, Optional.of(to)),
        before);
  }

  /** A rule set that has no rows any more is forgotten. */
  void forgotten(RuleSetId id, String ruleSet, byte[] before) {
    send(
        ChangeKey.Kind.RULES,
        new MatrixKey.Rules(id).toString(),
        NewChange.of(ChangeCause.RULES_FORGOTTEN)
            .value(RULE_SET, Optional.of(ruleSet), Optional.empty()),
        Optional.of(before));
  }

  /** A profile that no host has had for long is forgotten. */
  void forgotten(Fingerprint profile, byte[] before) {
    send(
        ChangeKey.Kind.PROFILE,
        profile.toString(),
        NewChange.of(ChangeCause.PROFILE_FORGOTTEN),
        Optional.of(before));
  }

  private void send(ChangeKey.Kind kind, String name, NewChange change, Optional<byte[]> before) {
    sink.send(kind, name, change, before, context.currentSystemTimeMs());
  }
}
